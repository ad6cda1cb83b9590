import type { Interval, ScenarioRow } from '../../domain/evidence.ts';
import type { ScenarioId, TraceId, TrialId } from '../../domain/ids.ts';
import type { Rate } from '../../domain/rate.ts';
import type { Run } from '../../domain/run.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { STATUS_WORDS } from '../../domain/verdict-words.ts';
import { wilson } from '../../domain/wilson.ts';
import { byPlace } from '../trial-order.ts';
import type { TrialReport } from '../trial-report.ts';
import type { TrialAccount } from './trial-account.ts';

/** Where a reader can look further; `null` where nobody serves it. */
export type Links = {
  run: string | null;
  trial(id: TrialId): string | null;
  trace(id: TraceId): string | null;
};

/** All that the reports of a verdict are made of. */
export type GateReport = {
  run: Run;
  verdict: Verdict;
  trials: readonly TrialReport[];
  /** Of some trials that failed: what they did to their world. */
  accounts: ReadonlyMap<TrialId, TrialAccount>;
  /** Where scenarios are written, relative to the root of the repository. */
  places: ReadonlyMap<ScenarioId, { file: string; line: number }>;
  links: Links;
};

/** Links to the pages of a collector that stays up, at its address; none without. */
export function collectorLinks(runId: Run['id'], url: string | null): Links {
  const page = (path: string) => (url === null ? null : new URL(path, url).href);
  return {
    run: page(`/runs/${runId}`),
    trial: (id) => page(`/trials/${id}`),
    trace: (id) => page(`/traces/${id}`),
  };
}

/** One scenario as the reports list it. */
export type ScenarioLine = {
  id: ScenarioId;
  title: string;
  /** `null`: of a verdict without its evidence. */
  status: ScenarioRow['status'] | null;
  /** By index. */
  trials: readonly TrialReport[];
  now: Rate;
  before: Rate | null;
  difference: Interval | null;
  p: number | null;
  confirmation: ScenarioRow['confirmation'];
};

/** The scenarios of a report, those first that ask for a look: worse, suspect, unmeasured, not compared, then failing. */
export function scenarioLines({ verdict, trials }: Pick<GateReport, 'verdict' | 'trials'>): ScenarioLine[] {
  const byScenario = Map.groupBy(trials.toSorted(byPlace), (trial) => trial.scenarioId);
  const rows =
    verdict.evidence?.scenarios ?? [...byScenario].map(([id, some]) => rowWithoutEvidence(id, some));
  const order: readonly (string | null)[] = Object.keys(STATUS_WORDS);
  return rows
    .map(({ scenarioId, status, candidate, baseline, difference, p, confirmation }): ScenarioLine => {
      const some = byScenario.get(scenarioId) ?? [];
      const title = some[0]?.title ?? '';
      return {
        id: scenarioId,
        title,
        status,
        trials: some,
        now: candidate,
        before: baseline,
        difference,
        p,
        confirmation,
      };
    })
    .sort(
      (a, b) =>
        order.indexOf(a.status) - order.indexOf(b.status) ||
        failuresOf(b) - failuresOf(a) ||
        (a.id < b.id ? -1 : 1),
    );
}

/** Of a verdict that was stored without its evidence, or that compares nothing. */
function rowWithoutEvidence(
  scenarioId: ScenarioId,
  trials: readonly TrialReport[],
): Omit<ScenarioRow, 'cluster' | 'voids' | 'failures' | 'status'> & { status: null } {
  const valid = trials.filter(({ outcome }) => outcome.kind !== 'void');
  return {
    scenarioId,
    status: null,
    candidate: wilson(valid.filter(({ outcome }) => outcome.kind === 'passed').length, valid.length),
    baseline: null,
    difference: null,
    p: null,
    confirmation: null,
  };
}

function failuresOf({ trials }: ScenarioLine): number {
  return trials.filter(({ outcome }) => outcome.kind !== 'passed').length;
}

/** Whether a scenario of this status is a reason to look at its trials. */
export function isSuspect({ status }: Pick<ScenarioLine, 'status'>): boolean {
  return status === 'regressed' || status === 'suspect';
}

/** The trials that a reader is to see: those that a reason names, then the failed ones of suspects, then all others. */
export function trialsToShow({ verdict, trials }: Pick<GateReport, 'verdict' | 'trials'>): TrialReport[] {
  const named = new Set(verdict.reasons.flatMap((reason) => reason.trials));
  const suspects = new Set(
    verdict.evidence?.scenarios.filter(isSuspect).map(({ scenarioId }) => scenarioId) ?? [],
  );
  const rank = (trial: TrialReport) => (named.has(trial.id) ? 0 : suspects.has(trial.scenarioId) ? 1 : 2);
  return trials
    .filter(({ outcome, id }) => outcome.kind === 'failed' || (outcome.kind === 'void' && named.has(id)))
    .toSorted((a, b) => rank(a) - rank(b) || byPlace(a, b));
}
