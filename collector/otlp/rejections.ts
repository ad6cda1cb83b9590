import { AppError } from '../../domain/errors.ts';

/** Reasons beyond these many are counted together. */
const mostReasons = 100;
const shownReasons = 5;

/**
 * What comes of one request: which items were rejected and why, and how many values it holds. Both are bounded,
 * whatever is sent: a value of two bytes takes fifty in memory.
 */
export class Rejections {
  #reasons = new Map<string, number>();
  #values = 0;
  count = 0;

  reject(reason: string, count = 1): void {
    this.count += count;
    const known = this.#reasons.get(reason);
    const key = known === undefined && this.#reasons.size >= mostReasons ? 'other reasons' : reason;
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + count);
  }

  /** Whether this is why all were rejected. */
  isAll(reason: string): boolean {
    return this.count > 0 && this.#reasons.get(reason) === this.count;
  }

  /** @throws AppError BODY_TOO_LARGE */
  countValue(): void {
    if (++this.#values > MAX_VALUES) throw tooManyValues();
  }

  /** Each reason with how often it holds, the commonest first. */
  summary(): string {
    const lines = [...this.#reasons]
      .sort(([, left], [, right]) => right - left)
      .map(([reason, count]) => (count === 1 ? reason : `${reason} (${count} times)`));
    const more = lines.length - shownReasons;
    return lines.slice(0, shownReasons).join('; ') + (more > 0 ? `; and ${more} more reasons` : '');
  }
}

/** Messages and attribute values in one request: four times what 64 MiB of usual records hold. */
export const MAX_VALUES = 4_000_000;

export function tooManyValues(): AppError {
  return new AppError('BODY_TOO_LARGE', `expected at most ${MAX_VALUES} values in a request`);
}
