import type { ProjectId } from '../../domain/ids.ts';
import type { SpanSample } from '../ingest/span-columns.ts';

/** Some of the spans that have become readable, and how many more there were. */
export type LiveBatch = { spans: SpanSample[]; dropped: number };

export type LiveTailOptions = {
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
  /** Spans of a project that are shown in a second, to all its listeners alike. */
  perSecond?: number;
};

/** Where the spans of a batch are taken from: see `SpanBatch`. */
export type Sampled = { sample(project: ProjectId, limit: number): LiveBatch };

type Listener = (batch: LiveBatch | null) => void;

/** Those who listen to a project, and how many spans may be shown to them in this second. */
type Audience = { listeners: Set<Listener>; second: number; left: number };

const defaultPerSecond = 200;

/**
 * Shows those who listen what comes into their project, at most so many spans a second. Nothing is computed while nobody
 * listens, and nothing is kept: who comes later sees what comes later.
 */
export class LiveTail {
  readonly #now: () => number;
  readonly #perSecond: number;
  readonly #audiences = new Map<ProjectId, Audience>();

  constructor({ now, perSecond = defaultPerSecond }: LiveTailOptions) {
    this.#now = now;
    this.#perSecond = perSecond;
  }

  get listeners(): number {
    return [...this.#audiences.values()].reduce((sum, { listeners }) => sum + listeners.size, 0);
  }

  /**
   * Takes a sample of a batch on its way. @returns shows it, to be called when readers see the batch; `null` where
   * nobody listens who would see any of it.
   */
  offer(batch: Sampled): (() => void) | null {
    const shows = [...this.#audiences].flatMap(([project, audience]) => {
      const shown = batch.sample(project, this.#allowance(audience));
      audience.left -= shown.spans.length;
      return shown.spans.length + shown.dropped === 0 ? [] : [{ audience, shown }];
    });
    if (shows.length === 0) return null;
    return () => {
      for (const { audience, shown } of shows) for (const listener of audience.listeners) listener(shown);
    };
  }

  /** @param listener is given each batch, and `null` when the tail ends. @returns ends the listening. */
  listen(project: ProjectId, listener: Listener): () => void {
    const audience = this.#audiences.get(project) ?? {
      listeners: new Set(),
      second: Number.NEGATIVE_INFINITY,
      left: 0,
    };
    audience.listeners.add(listener);
    this.#audiences.set(project, audience);
    return () => {
      audience.listeners.delete(listener);
      if (audience.listeners.size === 0 && this.#audiences.get(project) === audience) {
        this.#audiences.delete(project);
      }
    };
  }

  /** Lets all listeners go. */
  close(): void {
    for (const { listeners } of this.#audiences.values()) for (const listener of listeners) listener(null);
    this.#audiences.clear();
  }

  #allowance(audience: Audience): number {
    const second = Math.floor(this.#now() / 1000);
    if (second !== audience.second) {
      audience.second = second;
      audience.left = this.#perSecond;
    }
    return audience.left;
  }
}
