import { AppError } from '../../domain/errors.ts';
import type { Principal } from './access.ts';
import { TokenBucket } from './token-bucket.ts';

/** What goes through, held to the limits of keys. */
export type Limits = {
  /**
   * Counts a request of so many bytes.
   *
   * @throws AppError RATE_LIMITED
   */
  take(principal: Principal, bytes: number): void;
  /** Counts bytes that came without having been announced: what is too much is waited for by the next request. */
  charge(principal: Principal, bytes: number): void;
};

/** So many seconds of a limit may be used at once. */
const burstSeconds = 10;

/** Each collector counts by itself. @param now milliseconds of a clock that only goes forward */
export function createLimits(now: () => number): Limits {
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (name: string, rate: number) => {
    // A changed limit is another bucket.
    const key = `${name}:${rate}`;
    const bucket = buckets.get(key) ?? new TokenBucket({ rate, burst: rate * burstSeconds }, now());
    buckets.set(key, bucket);
    return bucket;
  };
  const take = (name: string, rate: number | null, count: number) =>
    rate === null ? 0 : bucketOf(name, rate).take(count, now());
  return {
    take(principal, bytes) {
      if (principal.kind !== 'key') return;
      const { id, limits } = principal;
      const wait =
        take(`${id}:requests`, limits.requests, 1) || take(`${id}:bytes`, limits.bytes, Math.max(1, bytes));
      if (wait === 0) return;
      throw new AppError('RATE_LIMITED', `key ${id}: expected at most ${wordsOf(limits)}; wait ${wait} s`, {
        retryAfter: wait,
      });
    },
    charge(principal, bytes) {
      if (principal.kind !== 'key' || principal.limits.bytes === null) return;
      bucketOf(`${principal.id}:bytes`, principal.limits.bytes).charge(bytes, now());
    },
  };
}

function wordsOf({ requests, bytes }: { requests: number | null; bytes: number | null }): string {
  const parts = [requests && `${requests} requests`, bytes && `${bytes} bytes`].filter(Boolean);
  return `${parts.join(' and ')} a second`;
}
