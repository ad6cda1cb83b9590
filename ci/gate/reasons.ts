import { counted, formatCost } from '../../domain/format.ts';
import type { TrialId } from '../../domain/ids.ts';
import type { VerdictReason } from '../../domain/verdict.ts';
import { wilson } from '../../domain/wilson.ts';
import type { CandidateTrial } from '../candidate.ts';
import { percent, points, tally } from '../figures.ts';
import { isValid } from '../obstacle.ts';
import { type Look, tallyOf } from './look.ts';
import type { Exempt } from './sort-out.ts';
import type { Suspect } from './suspects.ts';

/** The sentences of the gate. */

export const baselineMissing: VerdictReason = suiteReason(
  'baseline-missing',
  'There is no baseline to compare with. Make one from a run you trust: rehearse bless <results> --out <baseline>.',
);

export const nothingComparable: VerdictReason = suiteReason(
  'nothing-comparable',
  'No scenario is the same as in the baseline. Make a new one from a run you trust: rehearse bless <results> --out <baseline>.',
);

export function passRateDrop(look: Look): VerdictReason {
  const { p, alpha } = look.suite;
  const trials = look.strata
    .filter(({ candidate, baseline }) => candidate.passed / candidate.n < baseline.passed / baseline.n)
    .flatMap((stratum) => stratum.trials)
    .filter(({ outcome, index }) => outcome.kind === 'failed' && index < look.depth)
    .map(({ id }) => id);
  const message = `${figures(look)}. So few pass by chance with p = ${chance(p)}, at most ${alpha} is asked for: worse, and by more than chance.`;
  return { ...suiteReason('pass-rate-drop', message), trials };
}

export function regressed({ scenarioId, confirmation, failures }: Suspect, look: Look): VerdictReason {
  const { fresh, adjusted } = confirmation;
  const message = `${scenarioId} became worse: ${tally(fresh)} of its fresh trials passed, ${baselineTally(look, scenarioId)} in the baseline, p = ${chance(adjusted ?? 1)} after Holm.`;
  return { code: 'scenario-regressed', message, scenarioId, trials: [...failures] };
}

export function unconfirmed({ scenarioId, missing, confirmation }: Suspect, look: Look): VerdictReason {
  const first = look.strata.find((stratum) => stratum.scenarioId === scenarioId);
  const { wanted, fresh } = confirmation;
  const message = `${scenarioId} looks worse (${first ? tally(wilson(first.candidate.passed, first.candidate.n)) : 'none'} passed, ${baselineTally(look, scenarioId)} in the baseline), which ${wanted} fresh trials would settle: ${missing} are missing${fresh.n > 0 ? `, ${fresh.successes} of ${fresh.n} passed so far` : ''}. Run rehearse ci, which plays them.`;
  const trials: TrialId[] = (first?.trials ?? [])
    .filter(({ outcome }) => outcome.kind === 'failed')
    .map(({ id }) => id);
  return { code: 'suspect-unconfirmed', message, scenarioId, trials };
}

export function withinMargin(look: Look): VerdictReason {
  return suiteReason(
    'within-margin',
    `${figures(look)}. A drop of ${pointsOf(look.suite.margin)} or more is ruled out.`,
  );
}

export function unclear(look: Look): VerdictReason {
  const message = `${figures(look)}. Neither a drop nor the absence of one of ${pointsOf(look.suite.margin)} is shown. Run more trials, or bless more runs of the main branch.`;
  return suiteReason('difference-unclear', message);
}

export function overBudget(spent: number, maxUsd: number): VerdictReason {
  const message = `The trials cost ${formatCost(spent)} together, more than the $${maxUsd} of maxUsd.`;
  return suiteReason('run-over-budget', message);
}

export function unpriced(trials: readonly CandidateTrial[], maxUsd: number): VerdictReason {
  const message = `Without a price: ${counted(trials.length, 'trial')}, so that nobody can tell whether $${maxUsd} of maxUsd were spent. Use a priced model, or leave maxUsd out.`;
  return { ...suiteReason('unpriced-trials', message), trials: trials.map(({ id }) => id) };
}

const EXEMPTIONS = {
  new: 'is not in the baseline',
  changed: 'was changed since the baseline was made',
  gone: 'is in the baseline but was not run',
} as const;

export function exemption({ scenarioId, status, trials }: Exempt): VerdictReason {
  const { passed, n } = tallyOf(trials.filter(isValid));
  const count = trials.length > 0 ? ` (${passed} of ${n} passed)` : '';
  return {
    code: `scenario-${status}`,
    message: `${scenarioId} ${EXEMPTIONS[status]}: not compared${count}.`,
    scenarioId,
    trials: trials.map((trial) => trial.id),
  };
}

function figures(look: Look): string {
  const sum = (side: 'candidate' | 'baseline', what: 'passed' | 'n') =>
    look.strata.reduce((total, stratum) => total + stratum[side][what], 0);
  const [candidate, baseline] = (['candidate', 'baseline'] as const).map((side) =>
    tally(wilson(sum(side, 'passed'), sum(side, 'n'))),
  );
  const { value, low, high } = look.suite.difference;
  const after = look.number > 0 ? ` after ${counted(look.number, 'further round')}` : '';
  return `${candidate} passed${after}, ${baseline} in the baseline: ${points(value)} points over ${counted(look.suite.scenarios, 'scenario')}, 90 % interval ${points(low)} to ${points(high)}`;
}

function baselineTally({ strata }: Look, scenarioId: string): string {
  const baseline = strata.find((stratum) => stratum.scenarioId === scenarioId)?.baseline;
  return baseline ? `${baseline.passed} of ${baseline.n}` : 'none';
}

/** `.012`: never a chance of nothing. */
export function chance(p: number): string {
  return p < 0.001 ? 'less than .001' : p.toFixed(3).replace(/^0/, '');
}

function pointsOf(share: number): string {
  return `${percent(share).replace(' %', '')} points`;
}

function suiteReason(code: string, message: string): VerdictReason {
  return { code, message, scenarioId: null, trials: [] };
}
