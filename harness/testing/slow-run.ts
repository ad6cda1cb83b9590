/**
 * A run for tests that kill it: `node slow-run.ts <results file>` runs 60 short trials, resuming what the file holds. Each
 * trial that is handed over is in the file.
 */
import { Run } from '../../domain/run.ts';
import { micros } from '../../domain/units.ts';
import { openResults } from '../runner/results-file.ts';
import { runTrials } from '../runner/run-trials.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { notes, twoNotes } from '../world/example-services.ts';
import { openDoor } from '../world/msw-door.ts';

const scenarios = ['a', 'b', 'c'].map((name) =>
  defineScenario({
    id: `desk/${name}`,
    title: name,
    world: { now: '2026-03-02T09:00:00Z', services: ['notes'], fixtures: ['two'] },
    start: { message: name },
    expect: { allow: ['notes.*'] },
  }),
);
const trialsPerScenario = 20;
const run = Run.parse({
  ...{ id: 'killed', pack: 'desk', agent: 'slow', agentVersion: '1', model: 'none', simulated: true },
  ...{ replayed: false, seed: 'seven', commit: null, trialsPlanned: 60, start: 0, end: null, verdict: null },
});
const results = await openResults(process.argv[2] ?? '', run);
const door = openDoor({ passthrough: [] });
await runTrials({
  run,
  pack: { name: 'desk', scenarios, services: [notes], fixtures: { two: twoNotes }, models: [] },
  scenarios,
  agent: {
    name: 'slow',
    version: '1',
    async run(_, environment, signal) {
      for (let call = 0; call < 5; call++) {
        await fetch(`${environment.NOTES_URL}/items`, { method: 'POST', body: '{}', signal });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return { said: ['Done.'], finished: true };
    },
    async flush() {},
  },
  model: null,
  trialsPerScenario,
  concurrency: 4,
  done: results.done,
  door,
  spans: null,
  signal: new AbortController().signal,
  onTrial: (trial) => results.append(trial),
});
await results.end(micros(Date.now() * 1000));
door.close();
