import { formatCost, formatCount, formatDuration } from '../../domain/format.ts';
import type { Score } from '../../domain/score.ts';
import { detectLoops, type Loop } from './detect-loops.ts';
import { stepsFromCalls, stepsFromSpans } from './loop-steps.ts';
import type { TrialRecord } from './scorer.ts';

/**
 * The longest stretch of tool calls without progress against the budget (see `detectLoops`). Reads the tool spans; the
 * world's calls where there are none or where they do not say enough. Without a budget it is measured and passes.
 */
export function scoreLoops({ scenario, spans, journal, calls }: TrialRecord): Score {
  const allowed = scenario.expect.budgets.stepsWithoutProgress;
  const fromSpans = spans?.some((span) => span.kind === 'tool') ? stepsFromSpans(spans, journal) : null;
  const loop = detectLoops(fromSpans ?? stepsFromCalls(calls, journal));
  const pass = loop === null || allowed === null || loop.length <= allowed;
  return {
    kind: 'scored',
    scorer: 'loops',
    axis: 'budgets',
    pass,
    value: loop?.length ?? 0,
    unit: 'steps without progress',
    findings: pass
      ? []
      : [
          {
            failure: 'looped',
            message: describeLoop(loop, allowed),
            expected: allowed,
            actual: { ...loop, wasted: { ...loop.wasted } },
            spanId: loop.spanId,
          },
        ],
  };
}

/** `5 steps in a row brought nothing new, 3 allowed (...), wasting ...` */
function describeLoop(loop: Loop, allowed: number): string {
  const { length, period, tool, count, wasted } = loop;
  const cycle =
    period === null
      ? `${tool} most, ${count} times`
      : period === 1
        ? `${tool} called ${count} times over with the same arguments and result`
        : `a cycle of ${period} calls, ${tool} among them ${count} times`;
  const tokens = wasted.tokens > 0 ? `, ${formatCount(wasted.tokens)} tokens` : '';
  const cost = wasted.cost === null ? '' : `, ${formatCost(wasted.cost)}`;
  const spent = `${formatDuration(wasted.duration)}${tokens}${cost}`;
  return `${length} steps in a row brought nothing new, ${allowed} allowed (${cycle}), wasting ${spent}`;
}
