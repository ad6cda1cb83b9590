import type { Scored } from './bm25.ts';

/** A score for each path. */
export type Scores = ReadonlyMap<string, number>;

/** The best score of each path, scaled so that the best of all is 1. */
export function scaled(ranking: readonly Scored<string>[]): Scores {
  const scores = new Map<string, number>();
  const best = ranking[0]?.score ?? 1;
  // The ranking is in order: the first score of a path is its best.
  for (const { id, score } of ranking) if (!scores.has(id)) scores.set(id, score / best);
  return scores;
}

/**
 * Adds weighted scores up: what several rankings speak for comes first. Fox and Shaw, Combination of Multiple Searches,
 * 1994 (CombSUM).
 */
export function sum(parts: readonly { weight: number; scores: Scores }[]): Scores {
  const total = new Map<string, number>();
  for (const { weight, scores } of parts) {
    for (const [path, score] of scores) total.set(path, (total.get(path) ?? 0) + weight * score);
  }
  return total;
}

/** The best first; of equal ones, the path that sorts first. */
export function inOrder(scores: Scores): [path: string, score: number][] {
  return [...scores].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}
