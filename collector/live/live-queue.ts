import type { SpanSample } from '../ingest/span-columns.ts';
import { bell } from '../segments/bell.ts';
import type { LiveBatch } from './live-tail.ts';

/** What comes into one project. */
export type ProjectTail = {
  /** @param listener is given each batch, and `null` when the tail ends. @returns ends the listening. */
  listen(listener: (batch: LiveBatch | null) => void): () => void;
};

/** What waits for one listener, who may be slow. */
export type LiveQueue = {
  /** What came since the last call, at once or when something comes; `null` after so many milliseconds without. */
  next(millis: number): Promise<LiveBatch | null>;
  ended(): boolean;
  close(): void;
};

/** Of a listener that does not keep up so many spans wait; the others are counted as dropped. */
const mostWaiting = 500;

/** Listens to a tail until it is closed, or the tail ends. */
export function liveQueue(tail: ProjectTail): LiveQueue {
  let spans: SpanSample[] = [];
  let dropped = 0;
  let ended = false;
  const news = bell();
  const leave = tail.listen((batch) => {
    if (batch === null) ended = true;
    else {
      const room = mostWaiting - spans.length;
      spans.push(...batch.spans.slice(0, room));
      dropped += batch.dropped + Math.max(0, batch.spans.length - room);
    }
    news.ring();
  });
  return {
    async next(millis) {
      if (spans.length === 0 && dropped === 0 && !ended) await news.wait(millis);
      if (spans.length === 0 && dropped === 0) return null;
      const batch = { spans, dropped };
      [spans, dropped] = [[], 0];
      return batch;
    },
    ended: () => ended,
    close() {
      ended = true;
      leave();
      news.ring();
    },
  };
}
