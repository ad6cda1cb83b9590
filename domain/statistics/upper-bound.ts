/**
 * The 95 % upper bound of a rate of which `count` cases were seen in `n` independent trials, exact: the rate at which so
 * few would be seen once in twenty times. For none it is 1 - 0.05^(1/n), about 3/n.
 *
 * Source: C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial,
 * Biometrika 26 (1934), 404-413.
 *
 * @returns 1 without trials.
 * @example upperBound95(0, 150) // 0.0198
 */
export function upperBound95(count: number, n: number): number {
  if (count >= n) return 1;
  if (count === 0) return 1 - 0.05 ** (1 / n);
  let [low, high] = [count / n, 1];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (atMost(count, n, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** The chance of at most `count` cases in `n` trials. */
function atMost(count: number, n: number, rate: number): number {
  let logTerm = n * Math.log1p(-rate);
  let sum = Math.exp(logTerm);
  for (let x = 1; x <= count; x++) {
    logTerm += Math.log((n - x + 1) / x) + Math.log(rate) - Math.log1p(-rate);
    sum += Math.exp(logTerm);
  }
  return sum;
}
