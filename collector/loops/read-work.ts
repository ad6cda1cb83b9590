import type { TraceId } from '../../domain/ids.ts';
import type { LoopSpan } from '../../domain/loop-steps.ts';
import { micros } from '../../domain/units.ts';
import { contentOf } from '../dialects/content.ts';
import { toContentEvent } from '../logs/to-log-record.ts';
import { plainObject } from '../otlp/any-value.ts';
import { logRecords } from '../queries/log-records.ts';
import { loopPayloads, type SpanText, UNREAD } from '../queries/loop-payloads.ts';
import { loopSpans } from '../queries/loop-spans.ts';
import type { LoopState } from '../queries/loop-states.ts';
import type { ReadOptions, Store } from '../store/store.ts';

/** Of a larger trace the first spans are judged. */
export const SPANS_OF_TRACE = 10_000;
const logsAtOnce = 20_000;
/** Characters; a longer value is compared by its digest. */
const longestValue = 16_384;

type Deps = { store: Pick<Store, 'rows'>; project: string };

/**
 * The spans of traces with what the loop detector reads of their text. Where log records were left out for their
 * number, content may be missing: then there is nothing of that trace.
 */
export async function readWork(
  { store, project }: Deps,
  traces: readonly LoopState[],
  options: ReadOptions,
): Promise<Map<TraceId, LoopSpan[]>> {
  const traceIds = traces.map(({ traceId }) => traceId);
  const teams = traces.filter(({ team }) => team).map(({ traceId }) => traceId);
  const [light, texts, logs] = await Promise.all([
    store.rows(loopSpans, { project, traceIds, spansOfTrace: SPANS_OF_TRACE }, options),
    store.rows(loopPayloads, { project, traceIds, teams, longest: longestValue, ...UNREAD }, options),
    store.rows(logRecords, { project, traceIds, spanId: null, event: null, limit: logsAtOnce }, options),
  ]);
  const textOf = new Map(texts.map((text) => [text.traceId + text.spanId, text]));
  const logsOf = Map.groupBy(logs, ({ traceId, spanId }) => traceId + spanId);
  const cut = (logs[0]?.total ?? 0) > logs.length ? new Set(logs.map(({ traceId }) => traceId)) : new Set();
  const spans = light.map(({ finishReasons, ...span }) => {
    const key = span.traceId + span.spanId;
    const told = (logsOf.get(key) ?? []).map(toContentEvent);
    return { ...span, payload: payloadOf(textOf.get(key), told, finishReasons) };
  });
  const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
  return new Map([...byTrace].filter(([traceId]) => !cut.has(traceId)));
}

type ToldInLogs = Parameters<typeof contentOf>[1];

function payloadOf(
  text: SpanText | undefined,
  logs: ToldInLogs,
  finishReasons: string[],
): LoopSpan['payload'] {
  const events = text?.events ?? [];
  const { outputMessages, toolArguments, toolResult } = contentOf(text?.attributes ?? [], [
    ...events,
    ...logs,
  ]);
  return {
    outputMessages,
    toolArguments,
    toolResult,
    attributes: { 'gen_ai.response.finish_reasons': finishReasons },
    events: events.map(({ name, attributes }) => ({
      name,
      at: micros(0),
      attributes: plainObject(attributes),
    })),
  };
}
