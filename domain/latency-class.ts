/**
 * Latencies are counted in classes of 5 %: class k holds those from 1.05^k to 1.05^(k+1) microseconds. A percentile read
 * from the classes is the geometric middle of one, and so within `LATENCY_ERROR` of the exact one. The view hour_spans
 * computes the same class in SQL.
 */
const ratio = 1.05;

/** The largest relative error of a percentile of classes, for latencies of a microsecond and more: 2.5 %. */
export const LATENCY_ERROR = Math.sqrt(ratio) - 1;

/** The class of a latency in microseconds; what is shorter than one counts as one. */
export function latencyClass(latency: number): number {
  return Math.floor(Math.log(Math.max(1, latency)) / Math.log(ratio));
}

/** The latency in microseconds that stands for a class. */
export function latencyOfClass(place: number): number {
  return Math.round(ratio ** (place + 0.5));
}
