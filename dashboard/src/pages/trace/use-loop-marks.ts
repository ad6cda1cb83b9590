import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TraceId } from '../../../../domain/ids.ts';
import { loopsOf } from '../../../../domain/loop-verdict.ts';
import { howOften } from '../../../../domain/loop-wording.ts';
import { traceLoopsQuery } from '../../queries.ts';

/** By the id of the span that began it: how often a loop went round (`x7 loop`). */
export function useLoopMarks(traceId: TraceId, spans: number): ReadonlyMap<string, string> {
  const { data } = useQuery(traceLoopsQuery(traceId, spans));
  const report = data?.report ?? null;
  return useMemo(() => {
    const loops = report ? loopsOf(report) : [];
    return new Map(
      loops.flatMap((loop) =>
        loop.spanId === null ? [] : [[loop.spanId as string, `${howOften(loop)} loop`]],
      ),
    );
  }, [report]);
}
