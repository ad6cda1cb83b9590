import { json } from 'node:stream/consumers';
import type { TraceId } from '../domain/ids.ts';
import type { SpanDetail } from '../domain/span.ts';
import { spansOfStructure, type TraceStructure } from '../domain/trace-structure.ts';
import { askCollector } from './store-access.ts';

/** Spans that are asked for at the same time. */
const lanes = 8;

/**
 * The spans of models and tools in a trace, by start, with their text; `total` counts those that are stored.
 *
 * @throws AppError TRACE_NOT_FOUND, COLLECTOR_UNREACHABLE
 */
export async function traceSpans(
  url: string,
  traceId: TraceId,
  signal: AbortSignal,
): Promise<{ spans: SpanDetail[]; cut: boolean }> {
  const trace = `/api/traces/${traceId}`;
  const structure = (await json(await askCollector(url, trace, { signal }))) as TraceStructure;
  const wanted = spansOfStructure(structure).filter(({ kind }) => kind === 'llm' || kind === 'tool');
  const spans: SpanDetail[] = [];
  const queue = wanted.entries();
  const work = async () => {
    for (const [place, { spanId }] of queue) {
      const answer = await json(await askCollector(url, `${trace}/spans/${spanId}`, { signal }));
      spans[place] = (answer as { span: SpanDetail }).span;
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return { spans, cut: structure.spanId.length < structure.total };
}
