import type { TraceSummary } from './trace.ts';
import type { StructureSpan } from './trace-structure.ts';
import type { Micros, NanoUsd } from './units.ts';
import type { Usage } from './usage.ts';

type Ids = Pick<TraceSummary, 'traceId' | 'runId' | 'trialId' | 'scenarioId'>;

/** The summary of a trace out of all of its spans, at least one; the query trace-summaries computes the same. O(n). */
export function summariseTrace(ids: Ids, spans: readonly StructureSpan[]): TraceSummary {
  const ordered = [...spans].sort((a, b) => a.start - b.start || (a.spanId < b.spanId ? -1 : 1));
  const root = ordered.find((span) => span.parentSpanId === null);
  const first = root ?? ordered[0];
  const calls = spans.filter((span) => span.counted);
  const turns = calls.filter((span) => span.kind === 'llm');
  const tokens = (bucket: keyof Usage) => sumKnown(turns.map((span) => span.usage?.[bucket] ?? null));
  const models = spans.flatMap((span) => (span.kind === 'llm' && span.model !== null ? [span.model] : []));
  const start = ordered[0]?.start ?? (0 as Micros);
  return {
    ...ids,
    name: first?.name ?? '',
    rootReceived: root !== undefined,
    service: first?.service ?? '',
    agent: ordered.find((span) => span.agent !== null)?.agent ?? null,
    models: [...new Set(models)].sort(byCodePoint),
    start,
    duration: (lastEnd(spans) - start) as Micros,
    spans: spans.length,
    modelCalls: turns.length,
    toolCalls: spans.filter((span) => span.kind === 'tool').length,
    errors: spans.filter((span) => span.status === 'error').length,
    usage: {
      input: tokens('input'),
      cacheRead: tokens('cacheRead'),
      cacheWrite: tokens('cacheWrite'),
      output: tokens('output'),
      reasoning: tokens('reasoning'),
    },
    cost: sumKnown(calls.map((span) => span.cost)) as NanoUsd | null,
    unpricedCalls: calls.filter((span) => span.cost === null).length,
  };
}

function lastEnd(spans: readonly StructureSpan[]): number {
  let end = 0;
  for (const span of spans) end = Math.max(end, span.start + span.duration);
  return end;
}

/** `null` where nothing is known. */
function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
