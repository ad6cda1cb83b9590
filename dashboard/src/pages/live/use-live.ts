import { useCallback, useEffect, useReducer, useRef } from 'react';
import { api, body } from '../../api.ts';
import {
  asking,
  hear,
  type ListedTrace,
  type LiveRows,
  mostRows,
  NO_ROWS,
  type StreamedSpan,
  show,
  unanswered,
} from './live-rows.ts';

/** Rows are read together: a page that changes more often than this helps nobody. */
const gatherMillis = 1000;
/** The list is read so far back: what came late may have begun long before. */
const lookBackMillis = 15 * 60_000;
/** After a refusal the browser gives up the stream; it is opened anew after this. */
const reopenMillis = 3000;

/** `since`: epoch milliseconds. */
export type Stream = { kind: 'connecting' } | { kind: 'open' } | { kind: 'broken'; since: number };

/** A break of the stream that is over; what came meanwhile was read. */
export type Gap = { millis: number; traces: number };

export type Live = {
  /** `null` until the first answer. */
  rows: LiveRows | null;
  stream: Stream;
  gap: Gap | null;
  /** Why traces cannot be read. */
  error: Error | null;
};

type Event =
  | { kind: 'spans'; spans: StreamedSpan[]; dropped: number; now: number }
  | { kind: 'asking' }
  | { kind: 'traces'; traces: ListedTrace[]; missed: number | null; now: number }
  | { kind: 'failed'; asked: LiveRows; error: Error }
  | { kind: 'stream'; stream: Stream }
  | { kind: 'gap'; gap: Gap | null };

type State = Live & { held: LiveRows };

const START: State = {
  rows: null,
  held: { ...NO_ROWS, unsure: true },
  stream: { kind: 'connecting' },
  gap: null,
  error: null,
};

function reduce(state: State, event: Event): State {
  const keep = (held: LiveRows) => ({ ...state, held, rows: state.rows && held });
  switch (event.kind) {
    case 'spans':
      return keep(hear(state.held, event.spans, event.dropped, event.now));
    case 'asking':
      return keep(asking(state.held));
    case 'traces': {
      const held = show(state.held, event.traces, event.now, event.missed);
      return { ...state, held, rows: held, error: null };
    }
    case 'failed': {
      const { unread, unsure } = event.asked;
      const held = unanswered(state.held, unread);
      return { ...keep({ ...held, unsure: held.unsure || unsure }), error: event.error };
    }
    case 'stream':
      return { ...state, stream: event.stream };
    case 'gap':
      return { ...state, gap: event.gap };
  }
}

/**
 * What agents do now. The stream says of which traces something came; their figures are read from the store, so that they
 * hold whatever the stream passed over.
 */
export function useLive(): Live & { dismissGap: () => void } {
  const [state, dispatch] = useReducer(reduce, START);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    let reading = false;
    const read = async () => {
      const asked = latest.current.held;
      if (reading || (asked.unread.size === 0 && !asked.unsure)) return;
      reading = true;
      dispatch({ kind: 'asking' });
      try {
        const [named, listed] = await Promise.all([
          asked.unread.size === 0 ? [] : readNamed([...asked.unread], signal),
          asked.unsure ? readNewest(signal) : { traces: [], missed: null },
        ]);
        const { missed } = listed;
        dispatch({ kind: 'traces', traces: [...listed.traces, ...named], missed, now: Date.now() });
      } catch (error) {
        if (!signal.aborted) dispatch({ kind: 'failed', asked, error: error as Error });
      } finally {
        reading = false;
      }
    };
    void read();
    const timer = setInterval(() => void read(), gatherMillis);

    let broken: number | null = null;
    const stop = openStream({
      onOpen() {
        dispatch({ kind: 'stream', stream: { kind: 'open' } });
        // Nothing is replayed: what came before, or while the stream was broken, is in the list.
        dispatch({ kind: 'spans', spans: [], dropped: 1, now: Date.now() });
        if (broken !== null) {
          const from = broken;
          broken = null;
          void countSince(from, signal).then(
            (traces) => dispatch({ kind: 'gap', gap: { millis: Date.now() - from, traces } }),
            () => {},
          );
        }
      },
      onSpans: (spans, dropped) => dispatch({ kind: 'spans', spans, dropped, now: Date.now() }),
      onBreak() {
        broken ??= Date.now();
        dispatch({ kind: 'stream', stream: { kind: 'broken', since: broken } });
      },
    });
    return () => {
      leaving.abort();
      clearInterval(timer);
      stop();
    };
  }, []);

  const dismissGap = useCallback(() => dispatch({ kind: 'gap', gap: null }), []);
  return { ...state, dismissGap };
}

async function readNamed(ids: readonly string[], signal: AbortSignal): Promise<ListedTrace[]> {
  const { traces } = await body(
    api.traces.named.$get({ query: { ids: ids.join(',') } }, { init: { signal } }),
  );
  return traces;
}

/** The newest traces, and how many more there are. */
async function readNewest(signal: AbortSignal) {
  const fromMillis = Date.now() - lookBackMillis;
  const query = { from: String(fromMillis * 1000), limit: String(mostRows) };
  const { traces, next } = await body(api.traces.$get({ query }, { init: { signal } }));
  const total = next === null ? traces.length : await countSince(fromMillis, signal);
  return { traces, missed: Math.max(0, total - traces.length) };
}

async function countSince(fromMillis: number, signal: AbortSignal): Promise<number> {
  const query = { from: String(fromMillis * 1000) };
  const { total } = await body(api.traces.count.$get({ query }, { init: { signal } }));
  return total.count;
}

type StreamEars = {
  onOpen: () => void;
  onSpans: (spans: StreamedSpan[], dropped: number) => void;
  onBreak: () => void;
};

/** Listens to `GET /api/live`, also after a refusal, until it is stopped. */
function openStream({ onOpen, onSpans, onBreak }: StreamEars): () => void {
  let stream: EventSource;
  let reopening: number | null = null;
  const open = () => {
    stream = new EventSource('/api/live');
    stream.addEventListener('open', onOpen);
    stream.addEventListener('span', ({ data }: MessageEvent<string>) => {
      const { spans, dropped } = JSON.parse(data) as { spans: StreamedSpan[]; dropped: number };
      onSpans(spans, dropped);
    });
    stream.addEventListener('error', () => {
      onBreak();
      if (stream.readyState === EventSource.CLOSED) reopening = window.setTimeout(open, reopenMillis);
    });
  };
  open();
  return () => {
    stream.close();
    if (reopening !== null) clearTimeout(reopening);
  };
}
