import type { TrialId } from '../../domain/ids.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import type { Pack } from '../pack.ts';
import { checkPack } from './check-pack.ts';
import { runLanes, type Tally } from './run-lanes.ts';
import { openStage, type StageInput } from './stage.ts';
import { fixedThrottle } from './throttle.ts';

export type RunTrialsOptions = StageInput & {
  pack: Pack;
  scenarios: readonly Scenario[];
  trialsPerScenario: number;
  /** Trials at a time. It changes how long a run takes and nothing else. */
  concurrency: number;
  /** Trials that a results file holds already: they are not run again. */
  done?: ReadonlySet<TrialId>;
  signal: AbortSignal;
  /** Called with each trial as it ends; the run waits for what it returns. */
  onTrial(trial: Trial): void | Promise<void>;
};

/**
 * Runs all trials of one run in this process, as `runLanes` does those of several. `checkPack` comes before the first
 * trial, and rejects with FIXTURE_UNKNOWN.
 */
export async function runTrials(options: RunTrialsOptions): Promise<Tally> {
  const { run, pack, scenarios, trialsPerScenario, signal, onTrial } = options;
  checkPack({ ...pack, scenarios });
  const stage = await openStage(options, scenarios);
  const lane = {
    run,
    done: options.done ?? new Set<TrialId>(),
    dearest: null,
    throttle: fixedThrottle(options.concurrency),
    play: stage.play,
  };
  try {
    const { tallies } = await runLanes({
      lanes: [lane],
      scenarios,
      trialsPerScenario,
      budget: null,
      until: null,
      clock: options.clock ?? (() => micros(Date.now() * 1000)),
      signal,
      onTrial,
    });
    return tallies.get(run.id) ?? { passed: 0, failed: 0, voided: 0, skipped: 0 };
  } finally {
    await stage.close();
  }
}
