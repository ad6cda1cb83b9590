import type { Countable } from '../../domain/counted-calls.ts';
import type { Span } from '../../domain/span.ts';
import {
  hexBytes,
  type NativeColumn,
  nanoTime,
  nullableInt64,
  text,
  uint32,
  uint64,
} from '../store/native-block.ts';
import type { Store } from '../store/store.ts';

/** A span as it lies in the store, as far as reads look at it; `version` decides between deliveries. */
export type StoredSpan = Span & { call: Countable['call']; version: number; project?: string };

const nanos = (span: StoredSpan) => BigInt(span.start) * 1000n;
const minute = 60n * 1_000_000_000n;

const columns: readonly NativeColumn<StoredSpan>[] = [
  text('project', (span) => span.project ?? 'default'),
  uint32('bucket', (span) => Number(nanos(span) / minute) * 60),
  hexBytes('trace_id', 16, (span) => span.traceId),
  hexBytes('span_id', 8, (span) => span.spanId),
  hexBytes('parent_span_id', 8, (span) => span.parentSpanId ?? ''),
  uint64('version', (span) => BigInt(span.version)),
  nanoTime('start', nanos),
  nullableInt64('duration', (span) => span.duration * 1000),
  text('name', (span) => span.name),
  text('kind', (span) => span.kind),
  text('otel_kind', () => 'internal'),
  text('status', (span) => span.status),
  text('service', (span) => span.service),
  text('agent', (span) => span.agent ?? ''),
  text('model_requested', (span) => span.model ?? ''),
  text('tool', (span) => span.tool ?? ''),
  text('session', (span) => span.session ?? ''),
  nullableInt64('tokens_input', (span) => span.usage?.input ?? null),
  nullableInt64('tokens_output', (span) => span.usage?.output ?? null),
  text('call', (span) => span.call),
  nullableInt64('cost', (span) => span.cost),
];

/** Writes spans straight into the store, without their text. */
export async function storeSpans(store: Pick<Store, 'insert'>, spans: readonly StoredSpan[]): Promise<void> {
  await store.insert('spans', columns, spans);
}
