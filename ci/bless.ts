import { AppError } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import type { Baseline, BaselineTrial } from './baseline.ts';
import { type CandidateTrial, candidateOf } from './candidate.ts';
import { DEFAULT_POLICY } from './gate-policy.ts';
import { isValid, obstaclesOf } from './obstacle.ts';
import type { TrialReport } from './trial-report.ts';

/** Trials of a scenario that a baseline keeps, the newest: more show hardly more, and are of ever older builds. */
export const BASELINE_DEPTH = 24;

/**
 * Adds the trials of a run to a baseline, or makes one of it. A scenario that was changed begins anew; of each the
 * newest `depth` trials are kept. A run that the baseline holds already changes nothing: each trial counts once.
 *
 * Every run of the main branch is to be blessed, whatever it shows: a baseline of good days only would make every
 * ordinary day look worse. Pure; the times are those of the runs.
 *
 * @param held the baseline so far; `null`: none.
 * @throws AppError RUN_NOT_BLESSABLE when the run measures nothing (no trials, a replay, cut short, a scenario without
 *   a valid trial, more than 5 % voids), or is of another pack, agent or model than the baseline.
 */
export function bless(
  held: Baseline | null,
  run: Run,
  trials: readonly TrialReport[],
  depth: number = BASELINE_DEPTH,
): Baseline {
  const candidate = candidateOf(run, trials);
  const obstacles = obstaclesOf(candidate, DEFAULT_POLICY.voidShare);
  if (obstacles.length > 0) {
    const why = obstacles.map((obstacle) => obstacle.message).join(' ');
    throw new AppError('RUN_NOT_BLESSABLE', `expected a run that measures its agent, got ${run.id}: ${why}`);
  }
  for (const what of ['pack', 'agent', 'model'] as const) {
    if (held && held[what] !== run[what]) {
      throw new AppError(
        'RUN_NOT_BLESSABLE',
        `expected a run of ${what} ${held[what]}, as the baseline is, got ${run[what]}: give --out another file`,
      );
    }
  }
  if (held?.runs.some(({ id }) => id === run.id)) return held;
  const byScenario = Map.groupBy(candidate.trials.filter(isValid), (trial) => trial.scenarioId);
  const scenarios = { ...held?.scenarios };
  for (const [id, some] of byScenario) {
    const digest = some[0]?.digest ?? '';
    const before = held?.scenarios[id];
    const kept = before?.digest === digest ? before.trials : [];
    const added = some.map((trial) => rowOf(run.id, trial));
    const cluster = some.find((trial) => trial.cluster !== id)?.cluster;
    scenarios[id] = { digest, ...(cluster && { cluster }), trials: [...kept, ...added].slice(-depth) };
  }
  const named = new Set(Object.values(scenarios).flatMap((one) => one.trials.map((trial) => trial.run)));
  const { id, agentVersion, commit } = run;
  const at = new Date((run.end ?? run.start) / 1000).toISOString();
  return {
    version: 2,
    pack: run.pack,
    agent: run.agent,
    model: run.model,
    runs: [...(held?.runs ?? []), { id, agentVersion, commit, at }].filter((one) => named.has(one.id)),
    scenarios,
  };
}

function rowOf(run: RunId, { outcome, figures }: CandidateTrial): BaselineTrial {
  const { steps, virtualDuration, cost } = figures;
  return { run, passed: outcome.kind === 'passed', steps, virtualDuration, cost };
}
