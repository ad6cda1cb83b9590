import { afterAll, describe, expect, it } from 'vitest';
import * as team from '../../agents/alice-team/index.ts';
import * as templates from '../../agents/alice-templates/index.ts';
import * as workflow from '../../agents/alice-workflow/index.ts';
import { Run } from '../../domain/run.ts';
import type { Trial } from '../../domain/trial.ts';
import { type AgentEntry, inProcess, openDoor, runTrials } from '../../harness/index.ts';
import { sdr } from './pack.ts';

/** The scenarios that are written one by one, those in which the user speaks, and those that research a company. */
const scenarios = [
  ...sdr.scenarios.slice(0, 10),
  ...sdr.scenarios.filter(({ id }) => /^sdr\/(?:user|fit)\//.test(id)),
];
const door = openDoor({ passthrough: [] });
afterAll(() => door.close());

/** One trial of each scenario with the competent model. */
async function play(agent: AgentEntry) {
  const [model] = sdr.models;
  if (!model) throw new Error('the pack has no model');
  const trials: Trial[] = [];
  await runTrials({
    run: Run.parse({
      id: `test-${agent.name}`,
      pack: sdr.name,
      agent: agent.name,
      agentVersion: agent.version,
      model: model.name,
      simulated: true,
      replayed: false,
      seed: 'alices',
      commit: null,
      trialsPlanned: scenarios.length,
      start: 0,
      end: null,
      verdict: null,
    }),
    pack: sdr,
    scenarios,
    agent: inProcess(agent),
    model,
    door,
    spans: null,
    trialsPerScenario: 1,
    concurrency: 4,
    signal: new AbortController().signal,
    onTrial: (trial) => void trials.push(trial),
  });
  return trials;
}

const passed = (trials: readonly Trial[]) => trials.filter(({ outcome }) => outcome.kind === 'passed');
const failures = (trials: readonly Trial[]) =>
  trials.flatMap(({ scenario, outcome }) =>
    outcome.kind === 'passed' ? [] : [{ scenario: scenario.id, ...outcome }],
  );
const failing = (trials: readonly Trial[], failures: readonly string[]) =>
  trials.flatMap(({ scenario, outcome }) =>
    outcome.kind === 'failed' && failures.includes(outcome.failure) ? [scenario.id] : [],
  );
const BROKEN = ['looped', 'crashed', 'cut-off'];

describe('the Alices with the same simulated model', () => {
  it('the team passes every scenario, though its work is shared among five', async () => {
    const trials = await play(team);
    expect(failures(trials)).toEqual([]);
  });

  it('the workflow passes every scenario, and hears its user while it works', async () => {
    const trials = await play(workflow);
    expect(failures(trials)).toEqual([]);
    const midRun = trials.flatMap(({ turns }) => turns.filter((turn) => turn.midRun && turn.from === 'user'));
    expect(midRun.length).toBeGreaterThanOrEqual(3);
    expect(midRun.every(({ heard }) => heard)).toBe(true);
  });

  it('templates write where something speaks against it, answer nothing, and never loop or break', async () => {
    const trials = await play(templates);
    expect(failing(trials, [...BROKEN, 'over-budget'])).toEqual([]);
    expect(failing(trials, ['forbidden'])).toContain('sdr/colleague-wrote-yesterday');
    expect(failing(trials, ['missed'])).toContain('sdr/reply/books-meeting');
    expect(passed(trials).length / trials.length).toBeLessThan(0.5);
  });
});
