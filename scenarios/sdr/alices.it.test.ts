import { describe, expect, it } from 'vitest';
import * as team from '../../agents/alice-team/index.ts';
import * as templates from '../../agents/alice-templates/index.ts';
import * as workflow from '../../agents/alice-workflow/index.ts';
import type { Trial } from '../../domain/trial.ts';
import { type AgentEntry, inProcess } from '../../harness/index.ts';
import { failuresOf, play } from '../testing/play.ts';
import { sdr } from './pack.ts';

/** The scenarios that are written one by one, those in which the user speaks, and those that research a company. */
const scenarios = [
  ...sdr.scenarios.slice(0, 10),
  ...sdr.scenarios.filter(({ id }) => /^sdr\/(?:user|fit)\//.test(id)),
];
const playWith = (agent: AgentEntry) => play({ pack: sdr, agent: inProcess(agent), scenarios });

const passed = (trials: readonly Trial[]) => trials.filter(({ outcome }) => outcome.kind === 'passed');
const failing = (trials: readonly Trial[], failures: readonly string[]) =>
  trials.flatMap(({ scenario, outcome }) =>
    outcome.kind === 'failed' && failures.includes(outcome.failure) ? [scenario.id] : [],
  );
const BROKEN = ['looped', 'crashed', 'cut-off'];

describe('the Alices with the same simulated model', () => {
  it('the team passes every scenario, though its work is shared among five', async () => {
    const trials = await playWith(team);
    expect(failuresOf(trials)).toEqual([]);
  });

  it('the workflow passes every scenario, and hears its user while it works', async () => {
    const trials = await playWith(workflow);
    expect(failuresOf(trials)).toEqual([]);
    const midRun = trials.flatMap(({ turns }) => turns.filter((turn) => turn.midRun && turn.from === 'user'));
    expect(midRun.length).toBeGreaterThanOrEqual(3);
    expect(midRun.every(({ heard }) => heard)).toBe(true);
  });

  it('templates write where something speaks against it, answer nothing, and never loop or break', async () => {
    const trials = await playWith(templates);
    expect(failing(trials, [...BROKEN, 'over-budget'])).toEqual([]);
    expect(failing(trials, ['forbidden'])).toContain('sdr/colleague-wrote-yesterday');
    expect(failing(trials, ['missed'])).toContain('sdr/reply/books-meeting');
    expect(passed(trials).length / trials.length).toBeLessThan(0.5);
  });
});
