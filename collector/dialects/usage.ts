import type { Usage } from '../../domain/usage.ts';

/** Token counts as they were reported. */
export type ReportedUsage = {
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
  /** The provider's total; it tells the two ways of counting apart. */
  total: number | null;
};

/**
 * Exclusive buckets. Most emitters count cached tokens within the input and reasoning within the output; some send the
 * rest only. Which it is, the total says (input + output, or the sum of all); without one the parts are taken to be
 * within, unless they are more than the whole. `null` where nothing was reported.
 */
export function exclusiveUsage(reported: ReportedUsage): Usage | null {
  const { input, output, cacheRead, cacheWrite, reasoning, total } = reported;
  if ([input, output, cacheRead, cacheWrite, reasoning].every((count) => count === null)) return null;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const parts = cached + (reasoning ?? 0);
  const apart = parts > 0 && total === (input ?? 0) + (output ?? 0) + parts;
  const without = (whole: number | null, part: number) =>
    whole === null || apart || part > whole ? whole : whole - part;
  return {
    input: without(input, cached),
    cacheRead,
    cacheWrite,
    output: without(output, reasoning ?? 0),
    reasoning,
  };
}
