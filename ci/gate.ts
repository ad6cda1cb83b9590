import type { Difference } from '../domain/difference.ts';
import { formatTrial } from '../domain/format.ts';
import type { Verdict, VerdictReason } from '../domain/verdict.ts';
import type { Baseline } from './baseline.ts';
import type { Candidate } from './candidate.ts';
import { type Comparison, compare, mismatchesOf, passRate } from './comparison.ts';
import { points, tally } from './figures.ts';
import type { GatePolicy } from './gate-policy.ts';
import { obstaclesOf } from './obstacle.ts';
import { byPlace } from './trial-order.ts';

/** What the gate judges by. */
export type GateInput = {
  candidate: Candidate;
  /** `null`: there is none yet. */
  baseline: Baseline | null;
  /** The build before the change, whose trials took turns with the candidate's; `null`: none was played. */
  control?: Candidate | null;
  policy: GatePolicy;
};

/**
 * Says whether a run of an agent is worse than its baseline, and whether that is more than noise. In this order:
 *
 * 1. A violation of a hard invariant is `fail`, whatever else is known: running again does not undo it.
 * 2. A run that measures nothing, or nothing comparable, is `cannot-measure`.
 * 3. A pass rate that fell by at least `smallestDrop`, with the whole 95 % interval below zero, is `fail`.
 * 4. A pass rate whose interval lies above `-margin` is `pass`: that, too, needs evidence.
 * 5. Anything else is `inconclusive`.
 *
 * Pure: the same values give the same verdict, in whatever order the trials come.
 *
 * @param baseline `null` when there is none yet: then the verdict is `fail` or `cannot-measure`.
 * @returns the verdict with every reason a person needs: rates are over the compared scenarios where a comparison was
 *   made, else over all trials of the candidate.
 */
export function judge({ candidate, baseline, policy }: GateInput): Verdict {
  const ordered = { ...candidate, trials: candidate.trials.toSorted(byPlace) };
  const violations = violationReasons(ordered);
  const obstacles = [
    ...obstaclesOf(ordered, policy.voidShare),
    ...(baseline ? mismatchesOf(ordered, baseline) : [BASELINE_MISSING]),
  ];
  const comparison = baseline && obstacles.length === 0 ? compare(ordered, baseline) : null;
  const finding = comparison ? weigh(comparison, policy) : cannotMeasure(obstacles);
  return {
    kind: violations.length > 0 ? 'fail' : finding.kind,
    reasons: [...violations, ...finding.reasons, ...(comparison?.exempt ?? [])],
    candidate: comparison?.candidate ?? passRate(ordered),
    baseline: comparison?.baseline ?? null,
    difference: comparison?.difference ?? null,
    evidence: null,
  };
}

type Finding = Pick<Verdict, 'kind' | 'reasons'>;

const BASELINE_MISSING: VerdictReason = {
  code: 'baseline-missing',
  message:
    'There is no baseline to compare with. Make one from a run you trust: rehearse bless <results> --out <baseline>.',
  scenarioId: null,
  trials: [],
};

function violationReasons({ trials }: Candidate): VerdictReason[] {
  return trials.flatMap((trial) =>
    trial.violations.map(({ code, message }) => ({
      code,
      message: `${formatTrial(trial.scenarioId, trial.index)}: ${message}`,
      scenarioId: trial.scenarioId,
      trials: [trial.id],
    })),
  );
}

function cannotMeasure(reasons: VerdictReason[]): Finding {
  return { kind: 'cannot-measure', reasons };
}

function weigh(comparison: Comparison, policy: GatePolicy): Finding {
  const { difference } = comparison;
  if (difference === null) {
    return cannotMeasure([
      suiteReason(
        'nothing-comparable',
        'No scenario is the same as in the baseline. Make a new one from a run you trust: rehearse bless <results> --out <baseline>.',
      ),
    ]);
  }
  const figures = figuresOf(comparison, difference);
  if (difference.high < 0 && -difference.value >= policy.smallestDrop) {
    const message = `${figures}. The whole interval is below zero: worse, and by more than chance.`;
    return { kind: 'fail', reasons: [suiteReason('pass-rate-drop', message)] };
  }
  const margin = `${(policy.margin * 100).toFixed(1)} points`;
  if (difference.low > -policy.margin) {
    const message = `${figures}. A drop of ${margin} or more is ruled out.`;
    return { kind: 'pass', reasons: [suiteReason('within-margin', message)] };
  }
  const message = `${figures}. Neither a drop nor the absence of one of ${margin} is shown. Run more trials, or bless a baseline of more trials.`;
  return { kind: 'inconclusive', reasons: [suiteReason('difference-unclear', message)] };
}

function figuresOf({ candidate, baseline }: Comparison, { value, low, high }: Difference): string {
  return `${tally(candidate)} passed, ${tally(baseline)} in the baseline: ${points(value)} points, 95 % interval ${points(low)} to ${points(high)}`;
}

function suiteReason(code: string, message: string): VerdictReason {
  return { code, message, scenarioId: null, trials: [] };
}
