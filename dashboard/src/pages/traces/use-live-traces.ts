import { useEffect, useRef } from 'react';

/** A list that is drawn more often is not read more often. */
const gatherMillis = 2000;

/**
 * Calls `onTraces` when new traces can be read, at most every two seconds, while `on`. The stream only says that there
 * are some: the list is asked again, so that its filters and figures hold.
 */
export function useLiveTraces(on: boolean, onTraces: () => void): void {
  const call = useRef(onTraces);
  useEffect(() => {
    call.current = onTraces;
  });
  useEffect(() => {
    if (!on) return;
    const stream = new EventSource('/api/live');
    let waiting: number | null = null;
    const gather = () => {
      waiting ??= window.setTimeout(() => {
        waiting = null;
        call.current();
      }, gatherMillis);
    };
    // Nothing is replayed: what came before the stream was open, or while it was broken, is in the list.
    stream.addEventListener('open', gather);
    stream.addEventListener('trace', gather);
    return () => {
      stream.close();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [on]);
}
