import { z } from 'zod';
import { SpanId } from './ids.ts';
import type { LoopFinding, LoopReport } from './loop.ts';
import { Waste } from './loop.ts';
import { loopsOf, STEPS_ALLOWED, stepLimitsOf } from './loop-verdict.ts';
import { howOften, whatLooped } from './loop-wording.ts';

/** What a list says of the loops of a trace. Not known is another thing than none. */
export const TraceLoops = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('unknown'),
    /** What the tools brought was not captured, the trace is too large, or time was up. */
    reason: z.enum(['not captured', 'too large', 'not judged']),
  }),
  /** The longest of its loops; without one, the limit of steps that ended it. */
  z.object({
    kind: z.literal('looped'),
    by: z.enum(['stretch', 'cycle', 'ping-pong', 'limit']),
    /** Tools, agents, or the words of the limit. */
    what: z.string(),
    /** `x7`, or `12 steps`; empty of a limit that came after progress. */
    often: z.string(),
    /** Loops and limits that were found. */
    count: z.int(),
    /** The span that began it. */
    spanId: SpanId.nullable(),
    wasted: Waste,
  }),
]);
export type TraceLoops = z.infer<typeof TraceLoops>;

/** Loops first, then limits of steps that ended the work. */
export function troublesOf(report: LoopReport, allowed: number = STEPS_ALLOWED): LoopFinding[] {
  return [...loopsOf(report, allowed), ...stepLimitsOf(report)];
}

/** @param whole whether all spans of the trace were judged */
export function traceLoops(report: LoopReport, whole: boolean): TraceLoops {
  const troubles = troublesOf(report);
  const [first] = troubles;
  if (first) {
    const { kind: by, spanId, wasted } = first;
    const told = { what: whatLooped(first), often: howOften(first), count: troubles.length };
    return { kind: 'looped', by, ...told, spanId, wasted };
  }
  if (!whole) return { kind: 'unknown', reason: 'too large' };
  return report.calls === null ? { kind: 'unknown', reason: 'not captured' } : { kind: 'none' };
}
