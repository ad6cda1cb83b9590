import type { DrawnScenario } from '../../ci/simulation.ts';
import { reportOf, type TrialReport } from '../../ci/trial-report.ts';
import { agentFile, loadAgent } from '../../cli/agents.ts';
import { chooseModel } from '../../cli/models.ts';
import { newRun } from '../../cli/new-run.ts';
import { playHere } from '../../cli/play-here.ts';
import { micros } from '../../domain/units.ts';
import { fixedThrottle, runLanes } from '../../harness/index.ts';
import { sdr } from '../../scenarios/sdr/pack.ts';

/** The model of the main branch: it gives up now and then, as agents do. */
export const MAIN = 'sim/sdr+flaky=0.04';

/** What is planted into it: faults of the simulated models. */
export const PLANTED: readonly { name: string; model: string }[] = [
  { name: 'nothing changed', model: MAIN },
  { name: 'gives up far oftener', model: 'sim/sdr+flaky=0.2' },
  { name: 'resends after a time-out', model: 'sim/sdr+resends+flaky=0.04' },
  { name: 'repeats a search that found nothing', model: 'sim/sdr+loops+flaky=0.04' },
  { name: 'writes without need, one turn in three', model: `${MAIN}+over-eager=0.3` },
  { name: 'calls a wrong tool, one call in ten', model: `${MAIN}+wrong-tool=0.1` },
  { name: 'slower, twice', model: `${MAIN}+slow=2` },
  { name: 'says four times as much', model: `${MAIN}+verbose=4` },
];

/** Ten, as many as a team begins with: the gate has to say what so few can tell. */
const scenarios = sdr.scenarios.slice(0, 10);

/** Plays part of the sdr pack with a model: so many trials of each scenario, with worlds, scorers and all. */
export async function playTrials(model: string, each: number): Promise<TrialReport[]> {
  const agent = await loadAgent(agentFile('alice-react'), null);
  const run = newRun({
    pack: sdr.name,
    agent: agent.name,
    agentVersion: agent.version,
    model,
    simulated: true,
    replayed: false,
    seed: 'bench',
    trialsPlanned: scenarios.length * each,
  });
  const casts = [{ run, agent, model: chooseModel(sdr, model, null) }];
  const { play, close } = await playHere({ pack: sdr, casts, collector: null });
  const trials: TrialReport[] = [];
  await runLanes({
    lanes: [{ run, done: new Set<never>(), dearest: null, throttle: fixedThrottle(8), play }],
    scenarios,
    trialsPerScenario: each,
    budget: null,
    until: null,
    clock: () => micros(Date.now() * 1000),
    signal: new AbortController().signal,
    onTrial(trial) {
      trials.push(reportOf(trial));
    },
  }).finally(close);
  return trials;
}

/** Scenarios of which played trials are drawn, with replacement. */
export function drawnOf(main: readonly TrialReport[], change: readonly TrialReport[]): DrawnScenario[] {
  const pool = (trials: readonly TrialReport[]) => Map.groupBy(trials, ({ scenarioId }) => scenarioId);
  const [before, after] = [pool(main), pool(change)];
  return [...before].sort().map(([scenarioId, some]) => ({
    scenarioId,
    cluster: some[0]?.cluster ?? scenarioId,
    before: (random) => drawOne(some, random),
    after: (random) => drawOne(after.get(scenarioId) ?? [], random),
  }));
}

function drawOne(trials: readonly TrialReport[], random: () => number): TrialReport {
  const drawn = trials[Math.floor(random() * trials.length)];
  if (!drawn) throw new RangeError('expected played trials to draw from');
  return drawn;
}
