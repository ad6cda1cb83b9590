import { percentile } from '../../domain/statistics/percentile.ts';

export type Timing = { p50: number; p95: number };

/** Milliseconds that `ask` takes for each of the picks, one after the other. The first few are not counted. */
export async function timeEach<T>(picks: readonly T[], ask: (pick: T) => Promise<unknown>): Promise<Timing> {
  for (const pick of picks.slice(0, 3)) await ask(pick);
  const taken: number[] = [];
  for (const pick of picks) {
    const began = performance.now();
    await ask(pick);
    taken.push(performance.now() - began);
  }
  return { p50: percentile(taken, 0.5) ?? Number.NaN, p95: percentile(taken, 0.95) ?? Number.NaN };
}

/** A seeded generator of whole numbers below a bound: mulberry32. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
