import { AppError } from '../../domain/errors.ts';

/** Messages and attribute values in one request: several times what 64 MiB of usual records hold. */
export const MAX_VALUES = 4_000_000;

/** Counts the values of a request, since a value of two bytes takes fifty in memory. */
export class ValueBudget {
  #left = MAX_VALUES;

  /** @throws AppError BODY_TOO_LARGE */
  take(): void {
    if (--this.#left < 0) throw tooManyValues();
  }
}

export function tooManyValues(): AppError {
  return new AppError('BODY_TOO_LARGE', `expected at most ${MAX_VALUES} values in a request`);
}
