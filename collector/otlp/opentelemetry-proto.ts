import {
  attributes,
  type Decoded,
  enumeration,
  id,
  items,
  list,
  many,
  message,
  one,
  optional,
  plain,
} from './message-type.ts';

/** Fields of https://github.com/open-telemetry/opentelemetry-proto, 1.x, as far as they are stored. */

const RESOURCE = message({ attributes: attributes(1) });

const SCOPE = message({
  name: plain(1, 'string'),
  version: plain(2, 'string'),
  attributes: attributes(3),
});

export type DecodedResource = Decoded<typeof RESOURCE>;
export type DecodedScope = Decoded<typeof SCOPE>;

const SEVERITIES = [
  'UNSPECIFIED',
  ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((name) => [
    name,
    `${name}2`,
    `${name}3`,
    `${name}4`,
  ]),
].map((name) => `SEVERITY_NUMBER_${name}`);

/** A span's trace id has the number of a log record's time, in another wire type. */
export const SPAN_REASON = 'timeUnixNano: expected a number, got bytes: this looks like a span';

const LOG_RECORD = message(
  {
    timeUnixNano: plain(1, 'fixed64'),
    severityNumber: enumeration(2, SEVERITIES),
    severityText: plain(3, 'string'),
    body: plain(5, 'anyValue'),
    attributes: attributes(6),
    droppedAttributesCount: plain(7, 'uint32'),
    flags: plain(8, 'fixed32'),
    traceId: id(9, 16),
    spanId: id(10, 8),
    observedTimeUnixNano: plain(11, 'fixed64'),
    eventName: plain(12, 'string'),
  },
  { number: 1, wireType: 2, reason: SPAN_REASON },
);
export type LogRecord = Decoded<typeof LOG_RECORD>;

const SCOPE_LOGS = message({
  scope: one(1, SCOPE),
  logRecords: items(2, LOG_RECORD),
  schemaUrl: plain(3, 'string'),
});

const RESOURCE_LOGS = message({
  resource: one(1, RESOURCE),
  scopeLogs: many(2, SCOPE_LOGS),
  schemaUrl: plain(3, 'string'),
});

/** ExportLogsServiceRequest */
export const LOGS_REQUEST = message({ resourceLogs: many(1, RESOURCE_LOGS) });

const EXEMPLAR = message({
  timeUnixNano: plain(2, 'fixed64'),
  asDouble: optional(3, 'double'),
  spanId: id(4, 8),
  traceId: id(5, 16),
  asInt: optional(6, 'sfixed64'),
  filteredAttributes: attributes(7),
});

const NUMBER_POINT = message({
  startTimeUnixNano: plain(2, 'fixed64'),
  timeUnixNano: plain(3, 'fixed64'),
  asDouble: optional(4, 'double'),
  exemplars: many(5, EXEMPLAR),
  asInt: optional(6, 'sfixed64'),
  attributes: attributes(7),
  flags: plain(8, 'uint32'),
});
export type NumberPoint = Decoded<typeof NUMBER_POINT>;

const HISTOGRAM_POINT = message({
  startTimeUnixNano: plain(2, 'fixed64'),
  timeUnixNano: plain(3, 'fixed64'),
  count: plain(4, 'fixed64'),
  sum: optional(5, 'double'),
  bucketCounts: list(6, 'fixed64'),
  explicitBounds: list(7, 'double'),
  exemplars: many(8, EXEMPLAR),
  attributes: attributes(9),
  flags: plain(10, 'uint32'),
  min: optional(11, 'double'),
  max: optional(12, 'double'),
});
export type HistogramPoint = Decoded<typeof HISTOGRAM_POINT>;

const BUCKETS = message({ offset: plain(1, 'sint32'), bucketCounts: list(2, 'uint64') });
type Buckets = Decoded<typeof BUCKETS>;

const EXPONENTIAL_POINT = message({
  attributes: attributes(1),
  startTimeUnixNano: plain(2, 'fixed64'),
  timeUnixNano: plain(3, 'fixed64'),
  count: plain(4, 'fixed64'),
  sum: optional(5, 'double'),
  scale: plain(6, 'sint32'),
  zeroCount: plain(7, 'fixed64'),
  positive: one(8, BUCKETS),
  negative: one(9, BUCKETS),
  flags: plain(10, 'uint32'),
  exemplars: many(11, EXEMPLAR),
  min: optional(12, 'double'),
  max: optional(13, 'double'),
  zeroThreshold: plain(14, 'double'),
});
export type ExponentialPoint = Decoded<typeof EXPONENTIAL_POINT>;

const QUANTILE = message({ quantile: plain(1, 'double'), value: plain(2, 'double') });

const SUMMARY_POINT = message({
  startTimeUnixNano: plain(2, 'fixed64'),
  timeUnixNano: plain(3, 'fixed64'),
  count: plain(4, 'fixed64'),
  sum: plain(5, 'double'),
  quantileValues: many(6, QUANTILE),
  attributes: attributes(7),
  flags: plain(8, 'uint32'),
});
export type SummaryPoint = Decoded<typeof SUMMARY_POINT>;

const TEMPORALITIES = ['UNSPECIFIED', 'DELTA', 'CUMULATIVE'].map((name) => `AGGREGATION_TEMPORALITY_${name}`);
const temporality = enumeration(2, TEMPORALITIES);

const METRIC = message({
  name: plain(1, 'string'),
  description: plain(2, 'string'),
  unit: plain(3, 'string'),
  gauge: one(5, message({ dataPoints: items(1, NUMBER_POINT) })),
  sum: one(
    7,
    message({
      dataPoints: items(1, NUMBER_POINT),
      aggregationTemporality: temporality,
      isMonotonic: plain(3, 'bool'),
    }),
  ),
  histogram: one(9, message({ dataPoints: items(1, HISTOGRAM_POINT), aggregationTemporality: temporality })),
  exponentialHistogram: one(
    10,
    message({ dataPoints: items(1, EXPONENTIAL_POINT), aggregationTemporality: temporality }),
  ),
  summary: one(11, message({ dataPoints: items(1, SUMMARY_POINT) })),
});
export type Metric = Decoded<typeof METRIC>;

const SCOPE_METRICS = message({
  scope: one(1, SCOPE),
  metrics: many(2, METRIC),
  schemaUrl: plain(3, 'string'),
});

const RESOURCE_METRICS = message({
  resource: one(1, RESOURCE),
  scopeMetrics: many(2, SCOPE_METRICS),
  schemaUrl: plain(3, 'string'),
});

/** ExportMetricsServiceRequest */
export const METRICS_REQUEST = message({ resourceMetrics: many(1, RESOURCE_METRICS) });
