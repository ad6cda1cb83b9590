import type { Scope } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import type { Access, Authenticate } from './access.ts';

/**
 * The access of a request that needs a scope.
 *
 * @throws AppError UNAUTHENTICATED, SCOPE_MISSING
 */
export async function admit(authenticate: Authenticate, headers: Headers, scope: Scope): Promise<Access> {
  const access = await authenticate(headers);
  if (access.scopes.has(scope)) return access;
  throw new AppError('SCOPE_MISSING', `expected the scope ${scope}, got ${[...access.scopes].join(', ')}`);
}
