/**
 * Times of spans: nanoseconds since the epoch in two unsigned halves of 32 bits, as they lie in protobuf. Nothing here
 * makes a BigInt, and everything is exact.
 */

const billion = 1_000_000_000;
/** 2^32 and 2^48 nanoseconds in seconds and the rest. */
const [seconds32, rest32] = [4, 294_967_296];
const [seconds48, rest48] = [281_474, 976_710_656];

const firstBucket = Date.UTC(2000, 0) / 1000;
const lastBucket = Date.UTC(2099, 11, 31, 23, 59) / 1000;

/** Whole seconds since the epoch. */
export function secondsOf(high: number, low: number): number {
  const upper = high >>> 16;
  const lower = high & 0xffff;
  return upper * seconds48 + lower * seconds32 + Math.floor(restOf(upper, lower, low) / billion);
}

/** Nanoseconds within the second. */
export function nanosOf(high: number, low: number): number {
  return restOf(high >>> 16, high & 0xffff, low) % billion;
}

function restOf(upper: number, lower: number, low: number): number {
  return upper * rest48 + lower * rest32 + low;
}

/** Whole microseconds since the epoch: exact until 2255, when a JS number ends. */
export function microsOf(high: number, low: number): number {
  return secondsOf(high, low) * 1_000_000 + Math.floor(nanosOf(high, low) / 1000);
}

/**
 * Where a row lies: the minute in which the span starts, in seconds since the epoch. It is held within the years 2000 to
 * 2099, so that a clock that is far off makes no partition of its own for every year.
 */
export function bucketOf(seconds: number): number {
  return Math.min(Math.max(seconds - (seconds % 60), firstBucket), lastBucket);
}
