import { counted } from '../domain/format.ts';
import type { ScenarioId } from '../domain/ids.ts';
import { VOID_CAUSES } from '../domain/outcome.ts';
import type { VerdictReason } from '../domain/verdict.ts';
import type { Candidate, CandidateTrial } from './candidate.ts';
import { percent } from './figures.ts';

/** Why a run measures nothing: each is a reason, and the run is neither good nor bad. Empty when it does measure. */
export function obstaclesOf(candidate: Candidate, voidShare: number): VerdictReason[] {
  const { trials, trialsPlanned } = candidate;
  if (trials.length === 0) {
    return [obstacle('no-trials', 'The run has no trials: there is nothing to measure. Run the pack again.')];
  }
  const obstacles: VerdictReason[] = [];
  if (candidate.replayed) {
    obstacles.push(
      obstacle(
        'replayed',
        'Trials replay a recording and say nothing new about the agent. Run it against its model (--cassette-mode record).',
      ),
    );
  }
  if (trials.length < trialsPlanned) {
    const message = `Run so far: ${trials.length} of ${counted(trialsPlanned, 'planned trial')}. Those that are missing may be the hard ones. Run the rest.`;
    obstacles.push(obstacle('incomplete-run', message));
  }
  const behind = behindScenarios(candidate);
  if (behind.length > 0 && trials.length >= trialsPlanned) {
    const message = `Fewer than ${counted(candidate.firstLook, 'trial')} of ${behind.join(', ')}. Those that are missing may be the hard ones. Run the rest.`;
    obstacles.push(obstacle('incomplete-run', message));
  }
  const mixed = [...Map.groupBy(trials, (trial) => trial.scenarioId)].filter(
    ([, some]) => new Set(some.map((trial) => trial.digest)).size > 1,
  );
  for (const [scenarioId, some] of mixed) {
    const message = `${scenarioId} was changed half-way: its trials are of two scenarios. Run it again.`;
    obstacles.push({ ...obstacle('mixed-scenario', message, some), scenarioId });
  }
  if (!candidate.ended) {
    const message =
      'The run has no end: it was interrupted, or it is still going on. Resume it with the same --out.';
    obstacles.push(obstacle('unended-run', message));
  }
  const repeated = repeatedTrials(trials);
  if (repeated.length > 0) {
    const message = `Given more than once: ${counted(repeated.length, 'trial')}. Each counts once only.`;
    obstacles.push(obstacle('repeated-trial', message, repeated));
  }
  const voids = trials.filter((trial) => trial.outcome.kind === 'void');
  if (voids.length > voidShare * trials.length) {
    const message = `Void: ${voids.length} of ${counted(trials.length, 'trial')} (${percent(voids.length / trials.length)}; ${causes(voids)}), more than ${percent(voidShare)}. Repair the cause and run again.`;
    obstacles.push(obstacle('too-many-voids', message, voids));
  }
  return [...obstacles, ...unmeasuredScenarios(candidate)];
}

/** Scenarios that were begun and have not had their first look. */
function behindScenarios({ firstLook, trials }: Candidate): ScenarioId[] {
  return [...Map.groupBy(trials, (trial) => trial.scenarioId)]
    .filter(([, some]) => some.filter(({ index }) => index < firstLook).length < firstLook)
    .map(([id]) => id);
}

function unmeasuredScenarios({ scenariosPlanned, trials, firstLook }: Candidate): VerdictReason[] {
  const measured = new Set(
    trials.filter((trial) => isValid(trial) && trial.index < firstLook).map((trial) => trial.scenarioId),
  );
  return scenariosPlanned
    .filter((id) => !measured.has(id))
    .map((scenarioId) => {
      const voids = trials.filter((trial) => trial.scenarioId === scenarioId && trial.index < firstLook);
      const why = voids.length > 0 ? `all ${voids.length} are void: ${causes(voids)}` : 'none was run';
      const message = `${scenarioId} has no trial that says anything (${why}).`;
      return { ...obstacle('scenario-unmeasured', message, voids), scenarioId };
    });
}

/** Passed or failed: anything but void. */
export function isValid(trial: CandidateTrial): boolean {
  return trial.outcome.kind !== 'void';
}

/** All but the first trial of each place in the run. */
function repeatedTrials(trials: readonly CandidateTrial[]): CandidateTrial[] {
  const seen = new Set<string>();
  return trials.filter((trial) => {
    const names = [trial.id, `${trial.scenarioId} ${trial.index}`];
    const repeated = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return repeated;
  });
}

/** `infrastructure 3, scorer 1`. */
function causes(voids: readonly CandidateTrial[]): string {
  return VOID_CAUSES.map((cause) => ({
    cause,
    count: voids.filter(({ outcome }) => outcome.kind === 'void' && outcome.cause === cause).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ cause, count }) => `${cause} ${count}`)
    .join(', ');
}

function obstacle(code: string, message: string, trials: readonly CandidateTrial[] = []): VerdictReason {
  return { code, message, scenarioId: null, trials: trials.map((trial) => trial.id) };
}
