const firstMillis = 100;
const longestMillis = 5000;

/** Milliseconds to wait after so many failures in a row: twice as long each time, up to five seconds. */
export function backoffMillis(failures: number): number {
  return Math.min(longestMillis, firstMillis * 2 ** Math.min(failures - 1, 16));
}
