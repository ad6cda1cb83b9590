import { difference } from '../../domain/difference.ts';
import type { ScenarioRow } from '../../domain/evidence.ts';
import type { ScenarioId } from '../../domain/ids.ts';
import { wilson } from '../../domain/wilson.ts';
import type { Candidate, CandidateTrial } from '../candidate.ts';
import { isValid } from '../obstacle.ts';
import { type Look, tallyOf, within } from './look.ts';
import type { Exempt } from './sort-out.ts';
import type { Suspect } from './suspects.ts';

/** The rows of the scenarios that are compared, as this look sees them. */
export function comparedRows(
  look: Look,
  screen: ReadonlyMap<ScenarioId, number>,
  suspects: readonly Suspect[],
): ScenarioRow[] {
  const byId = new Map(suspects.map((suspect) => [suspect.scenarioId, suspect]));
  return look.strata.map(({ scenarioId, cluster, trials, ...stratum }) => {
    const [candidate, baseline] = [stratum.candidate, stratum.baseline].map(({ passed, n }) =>
      wilson(passed, n),
    );
    const suspect = byId.get(scenarioId);
    return {
      ...rowOf(scenarioId, cluster, trials, look.depth),
      status: statusOf(suspect),
      baseline: baseline ?? null,
      difference: candidate && baseline ? difference(candidate, baseline) : null,
      p: screen.get(scenarioId) ?? null,
      confirmation: suspect?.confirmation ?? null,
    };
  });
}

/** The rows of those that are not. */
export function exemptRows(exempt: readonly Exempt[]): ScenarioRow[] {
  return exempt.map(({ scenarioId, status, trials }) => ({
    ...rowOf(scenarioId, trials[0]?.cluster ?? scenarioId, trials, Number.POSITIVE_INFINITY),
    status,
  }));
}

/** The rows of a run that is compared with nothing. */
export function uncomparedRows({ trials, scenariosPlanned }: Candidate): ScenarioRow[] {
  const byScenario = Map.groupBy(trials, (trial) => trial.scenarioId);
  const ids = [...new Set([...scenariosPlanned, ...byScenario.keys()])].sort();
  return ids.map((id) => {
    const some = byScenario.get(id) ?? [];
    const row = rowOf(id, some[0]?.cluster ?? id, some, Number.POSITIVE_INFINITY);
    return { ...row, status: row.candidate.n === 0 ? 'unmeasured' : 'new' };
  });
}

function statusOf(suspect: Suspect | undefined): ScenarioRow['status'] {
  if (!suspect) return 'unchanged';
  if (suspect.isRegressed) return 'regressed';
  return suspect.missing > 0 ? 'suspect' : 'unchanged';
}

function rowOf(
  scenarioId: ScenarioId,
  cluster: string,
  trials: readonly CandidateTrial[],
  depth: number,
): Omit<ScenarioRow, 'status'> {
  const { passed, n } = tallyOf(within(trials, depth));
  return {
    scenarioId,
    cluster,
    candidate: wilson(passed, n),
    baseline: null,
    difference: null,
    p: null,
    voids: trials.filter((trial) => !isValid(trial)).length,
    confirmation: null,
    failures: trials.filter(({ outcome }) => outcome.kind === 'failed').map(({ id }) => id),
  };
}
