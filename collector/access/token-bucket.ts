/** How much may go through in a second, on the average; what was saved up may be used at once. */
export class TokenBucket {
  #left: number;
  #at: number;
  readonly #rate: number;
  readonly #burst: number;

  /** @param rate a second @param burst that can be saved up @param now milliseconds of a clock that only goes forward */
  constructor({ rate, burst }: { rate: number; burst: number }, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#left = burst;
    this.#at = now;
  }

  /**
   * Takes so many, which may make a debt: what is larger than all that can be saved up goes through when there is no debt.
   *
   * @returns 0, or the seconds to wait where there is nothing left; then nothing is taken.
   */
  take(count: number, now: number): number {
    this.#fill(now);
    if (this.#left <= 0) return Math.max(1, Math.ceil(-this.#left / this.#rate));
    this.#left -= count;
    return 0;
  }

  /** Takes so many in any case: those that have come already. */
  charge(count: number, now: number): void {
    this.#fill(now);
    this.#left -= count;
  }

  #fill(now: number): void {
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
  }
}
