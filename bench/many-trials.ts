import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportOf, type TrialReport } from '../ci/trial-report.ts';
import { verdictTable } from '../ci/verdict-table.ts';
import { Run } from '../domain/run.ts';
import { micros } from '../domain/units.ts';
import { defineScenario, openDoor, openResults, runTrials, type Service } from '../harness/index.ts';
import { benchOptions, report } from './report.ts';

/**
 * What a long run takes: memory, and trials a second with a results file that is written as it goes. A trial calls an
 * echo of its world once, as promptfoo's echo tests do. Options: --trials 20000, --short.
 */

const options = benchOptions(process.argv);
const trials = options.number('trials') ?? (options.short ? 2000 : 20_000);

const echo: Service = {
  name: 'echo',
  tables: { said: { key: 'id' } },
  operations: [
    {
      id: 'say',
      method: 'POST',
      path: '/say',
      handle: ({ body, table, newId }) => ({
        status: 201,
        body: table('said').insert({ id: newId('said'), text: String((body as { text?: string }).text) }),
      }),
    },
  ],
};
const scenarios = Array.from({ length: 20 }, (_, number) =>
  defineScenario({
    id: `bench/echo-${number}`,
    title: `Echo ${number}`,
    world: { now: '2026-03-02T09:00:00Z', services: ['echo'] },
    start: { message: `Say ${number}.` },
    expect: { allow: ['echo.said'], facts: [] },
  }),
);
const run = Run.parse({
  id: 'bench',
  pack: 'bench',
  agent: 'echo',
  agentVersion: '1',
  model: 'none',
  simulated: true,
  replayed: false,
  seed: 'bench',
  commit: null,
  trialsPlanned: trials,
  start: 0,
  end: null,
  verdict: null,
});
const folder = mkdtempSync(join(tmpdir(), 'rehearse-many-trials-'));
const file = join(folder, 'results.jsonl');
const door = openDoor({ passthrough: [] });
const results = await openResults(file, run);
const reports: TrialReport[] = [];
const [clock, cpu] = [performance.now(), process.cpuUsage()];
let largest = 0;
await runTrials({
  run,
  pack: { name: 'bench', scenarios, services: [echo], fixtures: {}, models: [] },
  scenarios,
  agent: {
    name: 'echo',
    version: '1',
    async run({ message }, environment, signal) {
      const body = JSON.stringify({ text: message });
      await (await fetch(`${environment.ECHO_URL}/say`, { method: 'POST', body, signal })).json();
      return { said: [message], finished: true };
    },
    async flush() {},
  },
  model: null,
  trialsPerScenario: Math.ceil(trials / scenarios.length),
  concurrency: 8,
  door,
  spans: null,
  signal: new AbortController().signal,
  async onTrial(trial) {
    await results.append(trial);
    reports.push(reportOf(trial));
    if (reports.length % 100 === 0) largest = Math.max(largest, process.memoryUsage.rss());
  },
});
await results.end(micros(Date.now() * 1000));
door.close();
const seconds = (performance.now() - clock) / 1000;
const { user, system } = process.cpuUsage(cpu);
verdictTable(run, reports, { color: false });
largest = Math.max(largest, process.memoryUsage.rss());
const fileBytes = statSync(file).size;
rmSync(folder, { recursive: true });
if (reports.some(({ outcome }) => outcome.kind !== 'passed')) throw new Error('expected every trial to pass');

console.log("promptfoo's published rate of echo tests is 125 to 250 a second; it was not measured here.");
report('many-trials', [
  { name: 'trials', value: reports.length, unit: '' },
  { name: 'largest resident memory', value: largest / 1e6, unit: 'MB', bar: 350 },
  { name: 'results file', value: fileBytes / 1e6, unit: 'MB' },
  { name: 'processor time a trial', value: (user + system) / 1000 / reports.length, unit: 'ms' },
  { name: 'rate by the clock', value: reports.length / seconds, unit: 'trials/s', bar: 250, atLeast: true },
]);
