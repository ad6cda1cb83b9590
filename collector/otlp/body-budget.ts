import { AppError } from '../../domain/errors.ts';
import { type Borrowed, bufferPool } from '../store/buffer-pool.ts';

/** A share of the memory for bodies, taken as a body comes in and given back when it is answered. */
export type Lease = {
  /** @throws AppError INGEST_FULL: the share of nobody grows any more until one is given back. */
  take(bytes: number): void;
  /** At least so many bytes, filled with anything. They are the lease's: gone with `release`. */
  buffer(length: number): Buffer;
  /** Nothing reads the body any more. */
  release(): void;
};

export type BodyBudget = { lease(): Lease };

const MiB = 1024 * 1024;
/** Of buffers that wait for the next bodies. */
const idleBytes = 16 * MiB;

/** Bounds the bytes of all bodies under way together, so that many large ones are refused instead of filling memory. */
export function bodyBudget(mostBytes: number): BodyBudget {
  let used = 0;
  const pool = bufferPool(idleBytes);
  return {
    lease() {
      let taken = 0;
      let borrowed: Borrowed[] = [];
      return {
        take(bytes) {
          if (used + bytes > mostBytes) {
            throw new AppError('INGEST_FULL', `expected at most ${mostBytes} bytes of requests at a time`);
          }
          used += bytes;
          taken += bytes;
        },
        buffer(length) {
          const one = pool.take(length);
          borrowed.push(one);
          return one.bytes;
        },
        release() {
          used -= taken;
          taken = 0;
          for (const one of borrowed) one.giveBack();
          borrowed = [];
        },
      };
    },
  };
}
