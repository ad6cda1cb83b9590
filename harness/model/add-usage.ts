import type { Usage } from '../../domain/usage.ts';

/** Bucket by bucket; a bucket that neither names stays unknown. */
export function addUsage(left: Usage | null, right: Usage): Usage {
  const sum = (bucket: keyof Usage) =>
    (left?.[bucket] ?? null) === null && right[bucket] === null
      ? null
      : (left?.[bucket] ?? 0) + (right[bucket] ?? 0);
  return {
    input: sum('input'),
    cacheRead: sum('cacheRead'),
    cacheWrite: sum('cacheWrite'),
    output: sum('output'),
    reasoning: sum('reasoning'),
  };
}

/** Tokens of all buckets. */
export function totalTokens(usage: Usage): number {
  return Object.values(usage).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
