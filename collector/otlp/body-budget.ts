import { AppError } from '../../domain/errors.ts';

/** A share of the memory for bodies, taken as a body comes in and given back when it is answered. */
export type Lease = {
  /** @throws AppError INGEST_FULL: the share of nobody grows any more until one is given back. */
  take(bytes: number): void;
  release(): void;
};

export type BodyBudget = { lease(): Lease };

/** Bounds the bytes of all bodies under way together, so that many large ones are refused instead of filling memory. */
export function bodyBudget(mostBytes: number): BodyBudget {
  let used = 0;
  return {
    lease() {
      let taken = 0;
      return {
        take(bytes) {
          if (used + bytes > mostBytes) {
            throw new AppError('INGEST_FULL', `expected at most ${mostBytes} bytes of requests at a time`);
          }
          used += bytes;
          taken += bytes;
        },
        release() {
          used -= taken;
          taken = 0;
        },
      };
    },
  };
}
