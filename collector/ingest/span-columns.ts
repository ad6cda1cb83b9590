import { MAPPER_VERSION } from '../dialects/derive-canonical.ts';
import {
  hexBytes,
  type NativeColumn,
  nanoTime,
  nullableInt64,
  text,
  texts,
  uint32,
  uint64,
} from '../store/native-block.ts';
import type { SpanRecord } from './span-record.ts';
import { versionOf } from './span-version.ts';

type Column = NativeColumn<SpanRecord>;

const OTEL_KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];

/** The columns of `spans`. */
export const SPAN_COLUMNS: readonly Column[] = [
  hexBytes('trace_id', 16, ({ span }) => span.traceId),
  hexBytes('span_id', 8, ({ span }) => span.spanId),
  hexBytes('parent_span_id', 8, ({ span }) => span.parentSpanId),
  uint64('version', ({ span }) => versionOf(span)),
  nanoTime('start', ({ span }) => span.startTimeUnixNano),
  nanoTime('end', ({ span }) => span.endTimeUnixNano),
  text('name', ({ span }) => span.name),
  text('kind', ({ canonical }) => canonical.kind),
  text('otel_kind', ({ span }) => OTEL_KINDS[span.kind] ?? 'internal'),
  text('status', ({ span, canonical }) =>
    canonical.failed ? 'error' : (STATUSES[span.status.code] ?? 'unset'),
  ),
  text('status_message', ({ span, canonical }) => span.status.message || (canonical.errorMessage ?? '')),
  text('error_type', ({ canonical }) => canonical.errorType ?? ''),
  text('service', ({ resource }) => resource.service),
  text('operation', ({ canonical }) => canonical.operation ?? ''),
  text('agent', ({ canonical }) => canonical.agent ?? ''),
  text('provider', ({ canonical }) => canonical.provider ?? ''),
  text('model_requested', ({ canonical }) => canonical.modelRequested ?? ''),
  text('model_responded', ({ canonical }) => canonical.modelResponded ?? ''),
  text('tool', ({ canonical }) => canonical.tool ?? ''),
  text('session', ({ canonical }) => canonical.session ?? ''),
  texts('finish_reasons', ({ canonical }) => canonical.finishReasons),
  nullableInt64('tokens_input', ({ canonical }) => canonical.usage?.input ?? null),
  nullableInt64('tokens_cache_read', ({ canonical }) => canonical.usage?.cacheRead ?? null),
  nullableInt64('tokens_cache_write', ({ canonical }) => canonical.usage?.cacheWrite ?? null),
  nullableInt64('tokens_output', ({ canonical }) => canonical.usage?.output ?? null),
  nullableInt64('tokens_reasoning', ({ canonical }) => canonical.usage?.reasoning ?? null),
  nullableInt64('cost', ({ priced }) => priced.cost),
  text('run_id', ({ canonical }) => canonical.runId ?? ''),
  text('trial_id', ({ canonical }) => canonical.trialId ?? ''),
  text('scenario_id', ({ canonical }) => canonical.scenarioId ?? ''),
  uint32('mapper_version', () => MAPPER_VERSION),
];

/** The columns of `span_payloads`. */
export const PAYLOAD_COLUMNS: readonly Column[] = [
  hexBytes('trace_id', 16, ({ span }) => span.traceId),
  nanoTime('start', ({ span }) => span.startTimeUnixNano),
  hexBytes('span_id', 8, ({ span }) => span.spanId),
  uint64('version', ({ span }) => versionOf(span)),
  text('attributes', ({ span }) => JSON.stringify(span.attributes)),
  text('resource', ({ span }) => JSON.stringify(span.resource.attributes)),
  text('resource_schema_url', ({ span }) => span.resource.schemaUrl),
  text('scope_name', ({ span }) => span.scope.name),
  text('scope_version', ({ span }) => span.scope.version),
  text('scope_attributes', ({ span }) => JSON.stringify(span.scope.attributes)),
  text('scope_schema_url', ({ span }) => span.scope.schemaUrl),
  text('events', ({ span }) => otlpJson(span.events)),
  text('links', ({ span }) => otlpJson(span.links)),
  text('trace_state', ({ span }) => span.traceState),
  uint32('flags', ({ span }) => span.flags),
  uint32('dropped_attributes', ({ span }) => span.droppedAttributesCount),
  uint32('dropped_events', ({ span }) => span.droppedEventsCount),
  uint32('dropped_links', ({ span }) => span.droppedLinksCount),
];

/** 64-bit integers as decimal text, as in OTLP's JSON encoding. */
function otlpJson(value: unknown): string {
  return JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? member.toString() : member));
}
