import type { z } from 'zod';
import type { Json } from '../../../domain/json.ts';
import { ToolError } from '../airline/tool-error.ts';
import type { Operation } from '../service.ts';
import { readBody } from '../services/answers.ts';
import { refusal } from '../world-request.ts';
import { Refusal, type Shop } from './records.ts';

/**
 * A tool of the shop as an operation: `POST /tools/<name>` with its arguments as the body. 400 for arguments of another
 * shape, 422 for what the shop refuses.
 */
export function tool<T>(
  name: string,
  parameters: z.ZodType<T>,
  run: (given: T, shop: Shop) => Json,
): Operation {
  return {
    id: name,
    method: 'POST',
    path: `/tools/${name}`,
    handle({ body, table }) {
      const given = readBody(parameters, body);
      if (!given.ok) return given.reply;
      const shop = { products: table('products'), users: table('users'), orders: table('orders') };
      try {
        return { status: 200, body: run(given.value, shop) };
      } catch (error) {
        if (error instanceof Refusal || error instanceof ToolError)
          return refusal(422, 'refused', error.message);
        throw error;
      }
    },
  };
}
