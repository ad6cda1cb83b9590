import { micros } from '../../domain/units.ts';
import { METRICS_REQUEST } from '../otlp/opentelemetry-proto.ts';
import type { RowSignal } from '../signals/receive-rows.ts';
import { METRIC_COLUMNS } from './metric-columns.ts';
import { type MetricRow, metricRows } from './metric-row.ts';

export const METRICS: RowSignal<typeof METRICS_REQUEST, MetricRow> = {
  signal: 'metrics',
  type: METRICS_REQUEST,
  table: 'metric_points',
  columns: METRIC_COLUMNS,
  rowsOf: metricRows,
  byTrace: false,
  arrivalOf: ({ time }) => ({ traceId: '', at: micros(Number(time / 1000n)) }),
};
