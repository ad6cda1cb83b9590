import { micros } from '../../domain/units.ts';
import { SUBJECT_KEYS } from '../deletion/subject-keys.ts';
import { LOGS_REQUEST } from '../otlp/opentelemetry-proto.ts';
import { outcomeBlocksOf } from '../outcomes/outcome-of-log.ts';
import type { RowSignal } from '../signals/receive-rows.ts';
import { LOG_COLUMNS } from './log-columns.ts';
import { type LogRow, logRows } from './log-row.ts';

export const LOGS: RowSignal<typeof LOGS_REQUEST, LogRow> = {
  signal: 'logs',
  type: LOGS_REQUEST,
  table: 'logs',
  columns: LOG_COLUMNS,
  rowsOf: logRows,
  arrivalOf: ({ traceId, time, pairs }) => ({
    traceId,
    at: micros(Number(time / 1000n)),
    subjects: pairs.filter(([key]) => SUBJECT_KEYS.has(key)).map(([, value]) => value),
  }),
  byTrace: true,
  blocksBeside: outcomeBlocksOf,
};
