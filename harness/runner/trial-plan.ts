import { createHash } from 'node:crypto';
import type { RunId, ScenarioId, TrialId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { Micros } from '../../domain/units.ts';

/** One trial before it runs. */
export type TrialPlan = {
  id: TrialId;
  runId: RunId;
  scenario: Scenario;
  index: number;
  seed: string;
  /** 1, 2, ...: a void trial is run again, with its seed. */
  attempt: number;
  /** Of its world's hosts: no other trial that runs at about the same time has it. */
  port: number;
};

/** The attribute that tells the attempts of a trial apart: those of one that was killed bear the same trial's id. */
export const ATTEMPT = 'rehearse.attempt.id';

/** @param start when the attempt began */
export function attemptIdOf(attempt: number, start: Micros): string {
  return `${attempt}-${start}`;
}

/**
 * Whether a span of a trial is of this attempt. The resource of a process that is one trial's bears it. An agent that copies some of its baggage only is taken at its word.
 */
export function isOfAttempt({ payload }: Pick<SpanDetail, 'payload'>, attemptId: string): boolean {
  const own = payload.attributes[ATTEMPT] ?? payload.resource[ATTEMPT];
  return own === undefined || own === attemptId;
}

/** Above those that fetch refuses to ask. */
const firstPort = 20_000;
const ports = 40_000;
/** So that what an attempt has left behind does not reach into the world of the next. */
const portsBetweenAttempts = 13_331;

/** The id of a trial: the same trial of a resumed run keeps it. */
export function trialIdOf(runId: RunId, scenarioId: ScenarioId, index: number): TrialId {
  const digest = createHash('sha256')
    .update(JSON.stringify([runId, scenarioId, index]))
    .digest('hex');
  return digest.slice(0, 24) as TrialId;
}

/** How many trials of each scenario: the same number of all, or of some a number of their own and of the others none. */
export type TrialCounts = number | ReadonlyMap<ScenarioId, number>;

/** How many trials of a scenario. */
export function countOf(counts: TrialCounts, { id }: Pick<Scenario, 'id'>): number {
  return typeof counts === 'number' ? counts : (counts.get(id) ?? 0);
}

/**
 * All trials of some runs of the same scenarios: the first of every scenario, then the second of every one, so that an
 * early look sees the whole pack. The runs take turns trial by trial, and in who comes first, so that whatever changes
 * with time meets all of them alike. A trial's seed comes from the run's seed and its own place, never from the run's id:
 * the same seed replays the same trials in another run.
 */
export function* planTrials(
  runs: readonly Pick<Run, 'id' | 'seed'>[],
  scenarios: readonly Scenario[],
  trialsPerScenario: TrialCounts,
): Generator<TrialPlan> {
  let number = 0;
  const most = scenarios.reduce((max, scenario) => Math.max(max, countOf(trialsPerScenario, scenario)), 0);
  for (let index = 0; index < most; index++) {
    for (const [place, scenario] of scenarios.entries()) {
      if (index >= countOf(trialsPerScenario, scenario)) continue;
      for (const turn of runs.keys()) {
        const run = runs[(index + place + turn) % runs.length];
        if (!run) continue;
        yield {
          id: trialIdOf(run.id, scenario.id, index),
          runId: run.id,
          scenario,
          index,
          seed: `${run.seed}/${scenario.id}/${index}`,
          attempt: 1,
          port: firstPort + (number % ports),
        };
        number += 1;
      }
    }
  }
}

/** The same trial once more. */
export function nextAttempt(plan: TrialPlan): TrialPlan {
  const port = firstPort + ((plan.port - firstPort + portsBetweenAttempts) % ports);
  return { ...plan, attempt: plan.attempt + 1, port };
}
