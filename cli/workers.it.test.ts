import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Trial } from '../domain/trial.ts';
import { micros } from '../domain/units.ts';
import { factsOf, fixedThrottle, type Play, runLanes } from '../harness/index.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { agentFile, loadAgent } from './agents.ts';
import { chooseModel } from './models.ts';
import { newRun } from './new-run.ts';
import { playHere } from './play-here.ts';
import { playInWorkers } from './play-in-workers.ts';

const folder = mkdtempSync(join(tmpdir(), 'rehearse-workers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = newRun({
  pack: sdr.name,
  agent: 'any',
  agentVersion: '1',
  model: 'sim/sdr',
  simulated: true,
  replayed: false,
  seed: '1',
  trialsPlanned: 20,
});

/** Entry file of an agent with this body. */
function agentOf(name: string, body: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    `export const name = '${name}';
export const version = '1';
export const startTelemetry = () => {};
export const flush = async () => {};
export async function run({ message }, environment, signal) { ${body} }
`,
  );
  return file;
}

const setupOf = (agent: string) => ({
  ...{ pack: 'sdr', scenario: undefined, agent, runs: [{ run, model: run.model }] },
  ...{ collectorUrl: null, waitForSpans: false },
});
const workers = (agent: string, size: number) => playInWorkers(sdr, size, [setupOf(agent)]);

/** Enough to keep two processes busy. */
const scenarios = sdr.scenarios.slice(0, 10);

async function played(stage: { play: Play; close(): Promise<void> }, trialsPerScenario = 1) {
  const trials: Trial[] = [];
  const lane = { run, done: new Set<never>(), dearest: null, throttle: fixedThrottle(6), play: stage.play };
  try {
    await runLanes({
      lanes: [lane],
      scenarios,
      trialsPerScenario,
      budget: null,
      until: null,
      clock: () => micros(0),
      signal: new AbortController().signal,
      onTrial: (trial) => void trials.push(trial),
    });
  } finally {
    await stage.close();
  }
  return trials.sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('worker processes', () => {
  it('give the trials that this process gives', async () => {
    const file = agentFile('alice-react');
    const cast = { run, agent: await loadAgent(file, null), model: chooseModel(sdr, 'sim/sdr', null) };
    const here = await played(await playHere({ pack: sdr, casts: [cast], collector: null }), 2);
    const there = await played(workers(file, 2), 2);
    expect(there).toHaveLength(20);
    expect(there.map(factsOf)).toEqual(here.map(factsOf));
    expect(there.every(({ outcome }) => outcome.kind === 'passed')).toBe(true);
  });

  it('void the trial that ends its process, and no other', async () => {
    const exits = agentOf(
      'exits',
      `if (message === ${JSON.stringify(sdr.scenarios[3]?.start.message)}) process.exit(7);
       await new Promise((resolve) => setTimeout(resolve, 20));
       return { said: ['Nothing to do.'], finished: true };`,
    );
    const trials = await played(workers(exits, 1));
    expect(trials).toHaveLength(10);
    const voids = trials.filter(({ outcome }) => outcome.kind === 'void');
    expect(voids).toMatchObject([
      {
        scenario: { id: sdr.scenarios[3]?.id },
        attempts: 3,
        outcome: { explanation: 'the process that played it ended before it did (exit code 7)' },
      },
    ]);
    expect(new Set(trials.map(({ attempts }) => attempts))).toEqual(new Set([1, 3]));
  });

  it('end the run where an agent cannot be loaded', async () => {
    const broken = join(folder, 'broken.mjs');
    writeFileSync(broken, 'export const name = 1;');
    await expect(played(workers(broken, 1))).rejects.toMatchObject({ code: 'UNKNOWN_AGENT' });
  });
});
