import { AppError } from '../../domain/errors.ts';

/** Beyond these many a request is refused as a whole: nobody means it, and each costs ten microseconds. */
export const MOST_REJECTIONS = 100_000;
const mostReasons = 100;
const shownReasons = 5;

/** Items of a request that were not taken: how many, and how often for which reason. */
export class Rejections {
  #count = 0;
  #unnamed = 0;
  readonly #reasons = new Map<string, number>();

  get count(): number {
    return this.#count;
  }

  /**
   * Beyond a hundred different reasons a new one is counted without its text.
   *
   * @throws AppError BODY_UNDECODABLE beyond MOST_REJECTIONS
   */
  add(reason: string, times = 1): void {
    this.#count += times;
    if (this.#count > MOST_REJECTIONS) throw tooManyRejections(reason);
    const known = this.#reasons.get(reason);
    if (known === undefined && this.#reasons.size >= mostReasons) this.#unnamed += times;
    else this.#reasons.set(reason, (known ?? 0) + times);
  }

  has(reason: string): boolean {
    return this.#reasons.has(reason);
  }

  /** Adds those of another request or of another stage. */
  addAll(others: Rejections): void {
    for (const [reason, times] of others.#reasons) this.add(reason, times);
    this.#count += others.#unnamed;
    this.#unnamed += others.#unnamed;
  }

  /** One text for all: each reason with how often it holds, the commonest first. */
  summary(): string {
    const lines = [...this.#reasons]
      .sort(([, left], [, right]) => right - left)
      .map(([reason, times]) => (times === 1 ? reason : `${reason} (${times} times)`));
    const shown = lines.slice(0, shownReasons);
    const more = lines.length - shown.length;
    const others = this.#unnamed > 0 ? `more than ${more}` : String(more);
    return shown.join('; ') + (more > 0 ? `; and ${others} more reasons` : '');
  }
}

export function tooManyRejections(reason: string): AppError {
  return new AppError(
    'BODY_UNDECODABLE',
    `expected at most ${MOST_REJECTIONS} items that cannot be taken: nothing was stored; ${reason}`,
  );
}
