import { AppError } from '../../domain/errors.ts';

const MiB = 1024 * 1024;
const mostBytes = 512 * MiB;

/**
 * What decoded values take, generously: an empty record of two bytes becomes a row of all its columns, and takes as long
 * as a full one to be hashed and written.
 */
export const RECORD_BYTES = 4000;
export const VALUE_BYTES = 80;

/** What one request may become in memory: several times what 64 MiB of usual records do. */
export class MemoryBudget {
  #left = mostBytes;

  /** @throws AppError BODY_TOO_LARGE */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw tooManyValues();
  }
}

export function tooManyValues(): AppError {
  return new AppError('BODY_TOO_LARGE', `expected at most ${mostBytes / MiB} MiB of memory for all values`);
}
