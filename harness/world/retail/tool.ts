import type { z } from 'zod';
import type { Json } from '../../../domain/json.ts';
import type { Operation } from '../service.ts';
import { toolOperation } from '../tool-operation.ts';
import type { Shop } from './records.ts';

/** A tool of the shop. */
export function tool<T>(
  name: string,
  parameters: z.ZodType<T>,
  run: (given: T, shop: Shop) => Json,
): Operation {
  return toolOperation(name, parameters, (given, { table }) =>
    run(given, { products: table('products'), users: table('users'), orders: table('orders') }),
  );
}
