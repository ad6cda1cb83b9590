import type { Confirmation } from '../../domain/evidence.ts';
import type { ScenarioId, TrialId } from '../../domain/ids.ts';
import { holm } from '../../domain/statistics/holm.ts';
import { stratifiedTest } from '../../domain/statistics/stratified-test.ts';
import { wilson } from '../../domain/wilson.ts';
import type { GatePolicy } from '../gate-policy.ts';
import { isValid } from '../obstacle.ts';
import { type Look, tallyOf } from './look.ts';

/** A scenario whose first trials look worse than its baseline. */
export type Suspect = {
  scenarioId: ScenarioId;
  confirmation: Confirmation;
  isRegressed: boolean;
  /** Fresh trials that are still to be played. */
  missing: number;
  failures: readonly TrialId[];
};

/** How likely each scenario's first trials are to be so bad, or worse, if nothing had changed. */
export function screenOf({ strata }: Look): Map<ScenarioId, number> {
  return new Map(strata.map((stratum) => [stratum.scenarioId, stratifiedTest([stratum])]));
}

/**
 * Screen and confirm. Among fifty scenarios some look worse by chance in every run. Those are tried again, and only the
 * fresh trials, which chance has not picked, are tested against the baseline, with Holm's correction over all suspects.
 */
export function suspectsOf(
  first: Look,
  screen: ReadonlyMap<ScenarioId, number>,
  policy: GatePolicy,
): Suspect[] {
  const suspects = first.strata
    .filter(({ scenarioId }) => (screen.get(scenarioId) ?? 1) <= policy.screen)
    .map(({ scenarioId, trials, baseline }) => {
      const fresh = trials
        .filter((trial) => trial.index >= first.depth && isValid(trial))
        .slice(0, policy.confirmTrials);
      const candidate = tallyOf(fresh);
      const isWhole = candidate.n === policy.confirmTrials;
      return { scenarioId, fresh, candidate, p: isWhole ? stratifiedTest([{ candidate, baseline }]) : null };
    });
  const adjusted = holm(suspects.map(({ p }) => p ?? 1));
  return suspects.map(({ scenarioId, fresh, candidate, p }, place) => ({
    scenarioId,
    confirmation: {
      wanted: policy.confirmTrials,
      fresh: wilson(candidate.passed, candidate.n),
      p,
      adjusted: p === null ? null : (adjusted[place] ?? 1),
    },
    isRegressed: p !== null && (adjusted[place] ?? 1) <= policy.confirmAlpha,
    missing: policy.confirmTrials - candidate.n,
    failures: fresh.filter(({ outcome }) => outcome.kind === 'failed').map(({ id }) => id),
  }));
}
