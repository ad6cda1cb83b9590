/**
 * The value that a variable of Student's t distribution stays below with chance `p`.
 *
 * The distribution function is summed from its closed form for whole degrees of freedom and inverted by bisection.
 *
 * Source: M. Abramowitz, I. A. Stegun (eds.), Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
 *
 * @param degrees of freedom, a whole number of at least 1.
 * @throws RangeError unless 0.5 <= p < 1.
 * @example tQuantile(0.95, 9) // 1.833
 */
export function tQuantile(p: number, degrees: number): number {
  if (!(p >= 0.5 && p < 1)) throw new RangeError(`expected a chance of 0.5 to 1, got ${p}`);
  if (!Number.isSafeInteger(degrees) || degrees < 1) {
    throw new RangeError(`expected at least one degree of freedom, got ${degrees}`);
  }
  let [low, high] = [0, 1];
  while (below(high, degrees) < p) [low, high] = [high, high * 2];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (below(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(T < t) for t >= 0. */
function below(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= (cosine ** 2 * (power - 1)) / power;
    sum += term;
  }
  const both = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return 0.5 + both / 2;
}
