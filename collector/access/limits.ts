import { AppError } from '../../domain/errors.ts';
import type { Principal } from './access.ts';
import { TokenBucket } from './token-bucket.ts';

/**
 * Counts a request of so many bytes.
 *
 * @throws AppError RATE_LIMITED
 */
export type CountRequest = (principal: Principal, bytes: number) => void;

/** So many seconds of a limit may be used at once. */
const burstSeconds = 10;

/** Holds keys to their limits, each collector by itself. @param now milliseconds of a clock that only goes forward */
export function createLimits(now: () => number): CountRequest {
  const buckets = new Map<string, TokenBucket>();
  const take = (name: string, rate: number | null, count: number) => {
    if (rate === null) return 0;
    // A changed limit is another bucket.
    const bucket =
      buckets.get(`${name}:${rate}`) ?? new TokenBucket({ rate, burst: rate * burstSeconds }, now());
    buckets.set(`${name}:${rate}`, bucket);
    return bucket.take(count, now());
  };
  return (principal, bytes) => {
    if (principal.kind !== 'key') return;
    const { id, limits } = principal;
    const wait =
      take(`${id}:requests`, limits.requests, 1) || take(`${id}:bytes`, limits.bytes, Math.max(1, bytes));
    if (wait === 0) return;
    throw new AppError('RATE_LIMITED', `key ${id}: expected at most ${wordsOf(limits)}; wait ${wait} s`, {
      retryAfter: wait,
    });
  };
}

function wordsOf({ requests, bytes }: { requests: number | null; bytes: number | null }): string {
  const parts = [requests && `${requests} requests`, bytes && `${bytes} bytes`].filter(Boolean);
  return `${parts.join(' and ')} a second`;
}
