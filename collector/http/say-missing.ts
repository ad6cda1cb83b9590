import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../domain/errors.ts';
import type { MissingShards } from '../cluster/missing-shards.ts';

/** Names the shards, separated by commas, that did not answer: what lies there is missing from the answer. */
export const MISSING_SHARDS_HEADER = 'rehearse-missing-shards';

/**
 * Lets a read answer without the shards that are away, and says so; a stream, which began before all was read, breaks off
 * instead. What was not found may lie on one of them.
 *
 * @throws AppError STORE_UNAVAILABLE
 */
export function sayMissing(missing: MissingShards): MiddlewareHandler {
  return async (c, next) => {
    const names = (await missing.during(next)).join(', ');
    if (names === '') return;
    if (c.res.status === notFound) {
      // The headers of an answer that was made already would stay, that of its encoding too.
      c.res = undefined;
      throw new AppError('STORE_UNAVAILABLE', `not found where the store answers, but ${names} does not`);
    }
    c.header(MISSING_SHARDS_HEADER, names);
  };
}

const notFound = 404;
