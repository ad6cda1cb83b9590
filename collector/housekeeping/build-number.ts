import { randomInt } from 'node:crypto';

/** What a millisecond holds. A JS number carries the builds of the next two centuries exactly. */
const buildsAMilli = 1000;

/**
 * A number for a build that began then: above those of earlier milliseconds, and, but once in a thousand times, none that
 * another housekeeper has drawn in the same one. The rows of both would be counted.
 *
 * @param millis since the epoch
 */
export function drawBuild(millis: number, draw: (below: number) => number = randomInt): number {
  return millis * buildsAMilli + draw(buildsAMilli);
}

/** Below the builds that began then, and above the earlier ones. */
export function leastBuild(millis: number): number {
  return millis * buildsAMilli;
}
