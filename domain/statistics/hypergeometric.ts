/** Chances of the whole numbers from `from` on. */
export type Distribution = { from: number; chances: Float64Array };

/**
 * How many of `successes` among `n` trials fall to `drawn` of them by chance: the hypergeometric distribution. It is
 * that of a scenario's passes if nothing had changed, given how many trials passed on both sides together.
 *
 *     P(x) = C(successes, x) C(n - successes, drawn - x) / C(n, drawn)
 *
 * Computed outwards from the mode by the ratios of neighbours, so that nothing overflows.
 *
 * Source: R. A. Fisher, The logic of inductive inference, Journal of the Royal Statistical Society 98 (1935), 39-82.
 *
 * @throws RangeError unless all are whole numbers with 0 <= successes <= n and 0 <= drawn <= n.
 * @example hypergeometric({ n: 8, successes: 4, drawn: 4 }).chances[4] // 1/70: Fisher's tea
 */
export function hypergeometric({ n, successes, drawn }: Record<'n' | 'successes' | 'drawn', number>) {
  const whole = [n, successes, drawn].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!whole || successes > n || drawn > n) {
    throw new RangeError(`expected counts within n, got ${drawn} drawn and ${successes} successes of ${n}`);
  }
  const from = Math.max(0, drawn - (n - successes));
  const to = Math.min(successes, drawn);
  const chances = new Float64Array(to - from + 1);
  const mode = Math.min(to, Math.max(from, Math.floor(((drawn + 1) * (successes + 1)) / (n + 2))));
  chances[mode - from] = 1;
  /** P(x + 1) / P(x). */
  const step = (x: number) => ((successes - x) * (drawn - x)) / ((x + 1) * (n - successes - drawn + x + 1));
  for (let x = mode; x < to; x++) chances[x + 1 - from] = (chances[x - from] ?? 0) * step(x);
  for (let x = mode; x > from; x--) chances[x - 1 - from] = (chances[x - from] ?? 0) / step(x - 1);
  const sum = chances.reduce((total, chance) => total + chance, 0);
  for (let place = 0; place < chances.length; place++) chances[place] = (chances[place] ?? 0) / sum;
  return { from, chances } satisfies Distribution;
}
