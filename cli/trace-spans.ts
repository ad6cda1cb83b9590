import { json } from 'node:stream/consumers';
import type { CollectorAddress } from '../collector/running-collector.ts';
import type { TraceId } from '../domain/ids.ts';
import type { SpanDetail } from '../domain/span.ts';
import { spansOfStructure, type TraceStructure } from '../domain/trace-structure.ts';
import { askCollector } from './store-access.ts';

/** Spans that are asked for at the same time. */
const lanes = 8;

/**
 * The spans of models and tools in a trace, by start, with their text; `cut` where the trace has more than are read.
 *
 * @throws AppError TRACE_NOT_FOUND, COLLECTOR_UNREACHABLE
 */
export async function traceSpans(
  collector: CollectorAddress,
  traceId: TraceId,
  signal: AbortSignal,
): Promise<{ spans: SpanDetail[]; cut: boolean }> {
  const trace = `/api/traces/${traceId}`;
  const answer = await json(await askCollector(collector, trace, { signal }));
  const { structure } = answer as { structure: TraceStructure };
  const wanted = spansOfStructure(structure).filter(({ kind }) => kind === 'llm' || kind === 'tool');
  const spans: SpanDetail[] = [];
  const queue = wanted.entries();
  const work = async () => {
    for (const [place, { spanId }] of queue) {
      const detail = await json(await askCollector(collector, `${trace}/spans/${spanId}`, { signal }));
      spans[place] = (detail as { span: SpanDetail }).span;
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return { spans, cut: structure.spanId.length < structure.total };
}
