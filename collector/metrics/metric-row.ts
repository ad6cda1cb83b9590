import type { KeyValue } from '../otlp/any-value.ts';
import type { Decoded } from '../otlp/message-type.ts';
import type {
  ExponentialPoint,
  HistogramPoint,
  METRICS_REQUEST,
  Metric,
  NumberPoint,
  SummaryPoint,
} from '../otlp/opentelemetry-proto.ts';
import { attributeColumns } from '../signals/attribute-columns.ts';
import { bucketOf, storedTime } from '../signals/clock.ts';
import { contentHash } from '../signals/content-hash.ts';
import { type Origin, originOf } from '../signals/origin.ts';
import { otlpJson } from '../signals/otlp-json.ts';

/** What the five types of points differ in. */
type Figures = {
  value: number | null;
  valueInt: bigint | null;
  count: bigint;
  sum: number | null;
  min: number | null;
  max: number | null;
  bounds: number[];
  bucketCounts: bigint[];
  scale: number;
  zeroCount: bigint;
  zeroThreshold: number;
  positiveOffset: number;
  positiveCounts: bigint[];
  negativeOffset: number;
  negativeCounts: bigint[];
  quantiles: number[];
  quantileValues: number[];
};

type Stream = {
  type: 'gauge' | 'sum' | 'histogram' | 'exponential_histogram' | 'summary';
  temporality: 'unspecified' | 'delta' | 'cumulative';
  monotonic: boolean;
};

/** A row of `metric_points`. */
export type MetricRow = Figures &
  Stream & {
    name: string;
    unit: string;
    description: string;
    bucket: number;
    time: bigint;
    start: bigint;
    hash: bigint;
    pairs: [string, string][];
    letters: string;
    flags: number;
    exemplars: string;
    origin: Origin;
  };

export function metricRows(request: Decoded<typeof METRICS_REQUEST>): MetricRow[] {
  return request.resourceMetrics.flatMap((resourceMetrics) =>
    resourceMetrics.scopeMetrics.flatMap((scopeMetrics) => {
      const origin = originOf(resourceMetrics, scopeMetrics);
      return scopeMetrics.metrics.flatMap((metric) => rowsOf(metric, origin));
    }),
  );
}

function rowsOf(metric: Metric, origin: Origin): MetricRow[] {
  const { gauge, sum, histogram, exponentialHistogram: exponential, summary } = metric;
  const rows = <Point extends AnyPoint>(
    points: readonly Point[] | undefined,
    stream: Stream,
    figures: (point: Point) => Partial<Figures>,
  ) =>
    (points ?? []).filter(isRecorded).map((point) => ({
      ...NO_FIGURES,
      ...figures(point),
      ...stream,
      ...commonOf(metric, stream, point, origin),
    }));
  return [
    ...rows(gauge?.dataPoints, streamOf('gauge'), numberFigures),
    ...rows(sum?.dataPoints, streamOf('sum', sum), numberFigures),
    ...rows(histogram?.dataPoints, streamOf('histogram', histogram), histogramFigures),
    ...rows(exponential?.dataPoints, streamOf('exponential_histogram', exponential), exponentialFigures),
    ...rows(summary?.dataPoints, streamOf('summary'), summaryFigures),
  ];
}

type AnyPoint = {
  startTimeUnixNano: bigint;
  timeUnixNano: bigint;
  attributes: KeyValue[];
  flags: number;
  exemplars?: unknown[];
};

/** The first flag says that at this time there was nothing to record. */
function isRecorded({ flags }: AnyPoint): boolean {
  return (flags & 1) === 0;
}

const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;

function streamOf(
  type: Stream['type'],
  given?: { aggregationTemporality: number; isMonotonic?: boolean } | null,
): Stream {
  return {
    type,
    temporality: TEMPORALITIES[given?.aggregationTemporality ?? 0] ?? 'unspecified',
    monotonic: given?.isMonotonic ?? false,
  };
}

function commonOf(metric: Metric, stream: Stream, point: AnyPoint, origin: Origin) {
  const { name, unit, description } = metric;
  const { timeUnixNano: time, exemplars = [] } = point;
  return {
    name,
    unit,
    description,
    bucket: bucketOf(time),
    time: storedTime(time),
    start: storedTime(point.startTimeUnixNano),
    hash: contentHash([name, unit, description, stream, point, origin.hash]),
    ...attributeColumns(point.attributes),
    flags: point.flags,
    exemplars: exemplars.length === 0 ? '' : otlpJson(exemplars),
    origin,
  };
}

const NO_FIGURES: Figures = {
  value: null,
  valueInt: null,
  count: 0n,
  sum: null,
  min: null,
  max: null,
  bounds: [],
  bucketCounts: [],
  scale: 0,
  zeroCount: 0n,
  zeroThreshold: 0,
  positiveOffset: 0,
  positiveCounts: [],
  negativeOffset: 0,
  negativeCounts: [],
  quantiles: [],
  quantileValues: [],
};

function numberFigures({ asDouble, asInt }: NumberPoint): Partial<Figures> {
  return { value: asInt === null ? asDouble : Number(asInt), valueInt: asInt };
}

function histogramFigures(point: HistogramPoint): Partial<Figures> {
  const { count, sum, min, max, explicitBounds: bounds, bucketCounts } = point;
  return { count, sum, min, max, bounds, bucketCounts };
}

function exponentialFigures(point: ExponentialPoint): Partial<Figures> {
  const { count, sum, min, max, scale, zeroCount, zeroThreshold, positive, negative } = point;
  return {
    ...{ count, sum, min, max, scale, zeroCount, zeroThreshold },
    positiveOffset: positive?.offset ?? 0,
    positiveCounts: positive?.bucketCounts ?? [],
    negativeOffset: negative?.offset ?? 0,
    negativeCounts: negative?.bucketCounts ?? [],
  };
}

function summaryFigures({ count, sum, quantileValues }: SummaryPoint): Partial<Figures> {
  return {
    ...{ count, sum },
    quantiles: quantileValues.map(({ quantile }) => quantile),
    quantileValues: quantileValues.map(({ value }) => value),
  };
}
