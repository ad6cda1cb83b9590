import { detectLoops } from '../../domain/detect-loops.ts';
import type { LoopFinding, LoopReport } from '../../domain/loop.ts';
import { type WorldSide, workOfCalls, workOfSpans } from '../../domain/loop-steps.ts';
import { countedSteps, loopsOf, stepLimitsOf } from '../../domain/loop-verdict.ts';
import { describeFinding, describeWaste } from '../../domain/loop-wording.ts';
import type { Finding, Score } from '../../domain/score.ts';
import type { Work } from '../../domain/step.ts';
import { callsThatReached } from './milestones.ts';
import type { ScoringPack, TrialRecord } from './scorer.ts';

/**
 * Steps without progress against the budget (see `detectLoops`, `loopsOf`). Reads the tool spans; the world's calls
 * where there are none or where they do not say enough. Without a budget it is measured and passes.
 */
export function scoreLoops(record: TrialRecord, pack: ScoringPack): Score {
  const allowed = record.scenario.expect.budgets.stepsWithoutProgress;
  const report = detectLoops(workOf(record, pack));
  const loops = allowed === null ? [] : loopsOf(report, allowed);
  return {
    kind: 'scored',
    scorer: 'loops',
    axis: 'budgets',
    pass: loops.length === 0,
    value: report.longest,
    unit: 'steps without progress',
    findings: loops.slice(0, 1).map((named) => asFinding(named, { report, loops, allowed })),
  };
}

/** By the spans where they say enough, else by the world's calls: agents and model calls are in the spans alone. */
function workOf(record: TrialRecord, pack: ScoringPack): Work {
  const { spans, journal, calls } = record;
  const world: WorldSide = { journal, milestones: callsThatReached(record, pack) };
  const shown = spans ? workOfSpans(spans, world) : { steps: null, limits: [] };
  const toldByTools = shown.steps?.some(({ kind }) => kind === 'call') || calls.length === 0;
  if (shown.steps !== null && toldByTools) return shown;
  return { ...workOfCalls(calls, world), limits: shown.limits };
}

/**
 * One failure for all loops of a trial: the longest stretch, named by the cycle or the ping-pong that it mostly is; the
 * others behind it.
 */
function asFinding(
  named: LoopFinding,
  { report, loops, allowed }: { report: LoopReport; loops: readonly LoopFinding[]; allowed: number | null },
): Finding {
  const stretch = loops.find(({ kind }) => kind === 'stretch') ?? null;
  const others = [...loops.slice(1).filter((loop) => loop !== stretch), ...stepLimitsOf(report)];
  const also = others.length > 0 ? `; also ${others.slice(0, 3).map(describeFinding).join(', ')}` : '';
  const { wasted, spanId } = stretch ?? named;
  return {
    failure: 'looped',
    message: `${describeLoop(named, stretch, allowed ?? 0)}, wasting ${describeWaste(wasted)}${also}`,
    expected: allowed,
    actual: structuredClone(named),
    spanId,
  };
}

/** `5 steps in a row brought nothing new, 3 allowed (cycle of search, lookup x3)` */
function describeLoop(named: LoopFinding, stretch: LoopFinding | null, allowed: number): string {
  const told = named.kind === 'stretch' ? `${named.tool} most, ${named.count} times` : describeFinding(named);
  if (stretch) return `${stretch.steps} steps in a row brought nothing new, ${allowed} allowed (${told})`;
  const unit = named.kind === 'ping-pong' ? 'turns' : 'steps';
  return `${told} to no avail: ${countedSteps(named)} ${unit} with the round that began it, ${allowed} allowed`;
}
