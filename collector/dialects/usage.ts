import type { Usage } from '../../domain/usage.ts';

/** Token counts as they were reported. */
export type ReportedUsage = {
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
  /** The provider's total; it tells the ways of counting apart. */
  total: number | null;
};

/**
 * Exclusive buckets. Most emitters count cached tokens within the input and reasoning within the output; some send the
 * rest only, of one side or of both (Anthropic leaves the cached tokens out of its input, Gemini the thoughts out of its
 * output). A part that is greater than its whole is apart; else the total says which it is; else `apart`, which is what
 * the dialect usually does. `null` where nothing was reported.
 */
export function exclusiveUsage(reported: ReportedUsage, apart = false): Usage | null {
  const { input, output, cacheRead, cacheWrite, reasoning, total } = reported;
  const silent =
    input === null && output === null && cacheRead === null && cacheWrite === null && reasoning === null;
  if (silent) return null;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const thought = reasoning ?? 0;
  let inputApart = apart;
  let outputApart = apart;
  if (total !== null && cached + thought > 0) {
    const rest = total - (input ?? 0) - (output ?? 0);
    if (rest === 0) inputApart = outputApart = false;
    else if (rest === cached + thought) inputApart = outputApart = true;
    else if (rest === cached) [inputApart, outputApart] = [true, false];
    else if (rest === thought) [inputApart, outputApart] = [false, true];
  }
  return {
    input: without(input, cached, inputApart),
    cacheRead,
    cacheWrite,
    output: without(output, thought, outputApart),
    reasoning,
  };
}

function without(whole: number | null, part: number, apart: boolean): number | null {
  return whole === null || apart || part > whole ? whole : whole - part;
}
