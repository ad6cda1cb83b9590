import type { SpanSample } from '../ingest/span-columns.ts';

/** Some of the spans that have become readable, and how many more there were. */
export type LiveBatch = { spans: SpanSample[]; dropped: number };

export type LiveTailOptions = {
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
  /** Spans that are shown in a second, to all listeners alike. */
  perSecond?: number;
};

/** Where the spans of a batch are taken from: see `SpanBatch`. */
export type Sampled = { readonly rows: number; sample(limit: number): SpanSample[] };

const defaultPerSecond = 200;

/**
 * Shows those who listen what comes in, at most so many spans a second. Nothing is computed while nobody listens, and
 * nothing is kept: who comes later sees what comes later.
 */
export class LiveTail {
  readonly #now: () => number;
  readonly #perSecond: number;
  readonly #listeners = new Set<(batch: LiveBatch | null) => void>();
  #second = Number.NEGATIVE_INFINITY;
  #left = 0;

  constructor({ now, perSecond = defaultPerSecond }: LiveTailOptions) {
    this.#now = now;
    this.#perSecond = perSecond;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /**
   * Takes a sample of a batch on its way. @returns shows it, to be called when readers see the batch; `null` where
   * nobody listens.
   */
  offer(batch: Sampled): (() => void) | null {
    if (this.#listeners.size === 0 || batch.rows === 0) return null;
    const spans = batch.sample(this.#allowance());
    this.#left -= spans.length;
    const shown: LiveBatch = { spans, dropped: batch.rows - spans.length };
    return () => {
      for (const listener of this.#listeners) listener(shown);
    };
  }

  /** @param listener is given each batch, and `null` when the tail ends. @returns ends the listening. */
  listen(listener: (batch: LiveBatch | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets all listeners go. */
  close(): void {
    for (const listener of this.#listeners) listener(null);
    this.#listeners.clear();
  }

  #allowance(): number {
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#left = this.#perSecond;
    }
    return this.#left;
  }
}
