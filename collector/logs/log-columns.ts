import { originColumns } from '../signals/origin-columns.ts';
import {
  hexBytes,
  type NativeColumn,
  nanoTime,
  secondTime,
  text,
  textMap,
  uint32,
  uint64,
  words,
} from '../store/native-block.ts';
import type { LogRow } from './log-row.ts';

/** The columns of `logs`. */
export const LOG_COLUMNS: readonly NativeColumn<LogRow>[] = [
  hexBytes('trace_id', 16, (row) => row.traceId),
  secondTime('bucket', (row) => row.bucket),
  hexBytes('span_id', 8, (row) => row.spanId),
  nanoTime('time', (row) => row.time),
  nanoTime('observed', (row) => row.observed),
  uint64('hash', (row) => row.hash),
  uint32('severity_number', (row) => row.severityNumber),
  words('severity_text', (row) => row.severityText),
  words('event_name', (row) => row.eventName),
  text('body', (row) => row.body),
  words('body_type', (row) => row.bodyType),
  textMap('attributes', (row) => row.pairs),
  text('attribute_types', (row) => row.letters),
  uint32('dropped_attributes', (row) => row.droppedAttributes),
  uint32('flags', (row) => row.flags),
  ...originColumns<LogRow>(),
];
