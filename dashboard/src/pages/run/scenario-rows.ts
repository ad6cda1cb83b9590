import type { Outcome } from '../../../../domain/outcome.ts';
import type { TrialSummary } from '../../../../domain/trial.ts';

/** All trials of one scenario in a run. */
export type ScenarioRow = {
  scenarioId: string;
  title: string;
  /** By index. */
  trials: readonly TrialSummary[];
  passed: number;
  failed: number;
  voided: number;
  /** Of the known costs; `null` when none is known. */
  cost: number | null;
  /** The longest virtual duration, microseconds. */
  longest: number;
  /** Why it failed, else why it says nothing: each kind of failure once, by its first trial. */
  explanations: readonly { trialId: string; outcome: Exclude<Outcome, { kind: 'passed' }> }[];
};

/** Groups the trials of a run by scenario, worst first: most failures, then most voids, then by name. */
export function scenarioRows(trials: readonly TrialSummary[]): ScenarioRow[] {
  const groups = Map.groupBy(trials, (trial) => trial.scenarioId);
  return [...groups.values()]
    .map(rowOf)
    .sort(
      (a, b) =>
        share(b.failed, b) - share(a.failed, a) ||
        share(b.voided, b) - share(a.voided, a) ||
        a.scenarioId.localeCompare(b.scenarioId),
    );
}

function rowOf(group: readonly TrialSummary[]): ScenarioRow {
  const trials = [...group].sort((a, b) => a.index - b.index);
  const count = (kind: Outcome['kind']) => trials.filter(({ outcome }) => outcome.kind === kind).length;
  const costs = trials.flatMap(({ figures }) => (figures.cost === null ? [] : [figures.cost as number]));
  return {
    scenarioId: trials[0]?.scenarioId ?? '',
    title: trials[0]?.title ?? '',
    trials,
    passed: count('passed'),
    failed: count('failed'),
    voided: count('void'),
    cost: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    longest: Math.max(0, ...trials.map(({ figures }) => figures.virtualDuration)),
    explanations: explanationsOf(trials),
  };
}

function explanationsOf(trials: readonly TrialSummary[]): ScenarioRow['explanations'] {
  const byKind = new Map<string, ScenarioRow['explanations'][number]>();
  for (const { id, outcome } of trials) {
    if (outcome.kind === 'passed') continue;
    const kind = outcome.kind === 'failed' ? outcome.failure : outcome.kind;
    if (!byKind.has(kind)) byKind.set(kind, { trialId: id, outcome });
  }
  return [...byKind.values()];
}

function share(count: number, { trials }: Pick<ScenarioRow, 'trials'>): number {
  return count / trials.length;
}
