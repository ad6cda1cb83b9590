import type { Context } from 'hono';
import { AppError } from '../../domain/errors.ts';
import { methodsAt } from '../access/route-rules.ts';

/** @throws AppError METHOD_NOT_ALLOWED where another method is served at the address, else NOT_FOUND */
export function notFound(c: Context): never {
  const { method, path } = c.req;
  const methods = methodsAt(path);
  if (methods.length === 0) throw new AppError('NOT_FOUND', `there is nothing at ${method} ${path}`);
  c.header('allow', methods.join(', '));
  throw new AppError('METHOD_NOT_ALLOWED', `expected ${methods.join(' or ')}, got ${method}`);
}
