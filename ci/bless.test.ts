import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../domain/errors.ts';
import { RunId, type ScenarioId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import type { Baseline } from './baseline.ts';
import { BASELINE_DEPTH, bless } from './bless.ts';
import { MISSED, PASSED, sampleReport, sampleRun, scenarioId, VOID } from './sample-run.ts';
import type { TrialReport } from './trial-report.ts';

const trials = [
  sampleReport('sdr/reply', 1, MISSED),
  sampleReport('sdr/reply', 0, PASSED),
  sampleReport('sdr/opt-out', 0, PASSED),
];
const reply = scenarioId('sdr/reply');

function withCode(code: ErrorCode, message: RegExp) {
  return expect.objectContaining({ code, message: expect.stringMatching(message) });
}

/** The sample again, as a run of its own. */
function later(name: string, changes: Partial<Run> = {}): [Run, (some: TrialReport[]) => TrialReport[]] {
  const id = RunId.parse(name);
  return [sampleRun({ id, ...changes }), (some) => some.map((trial) => ({ ...trial, runId: id }))];
}

const passedOf = (baseline: Baseline, id: ScenarioId) =>
  baseline.scenarios[id]?.trials.map(({ passed }) => passed);

describe('bless', () => {
  it('makes a baseline of the trials of a run', () => {
    expect(bless(null, sampleRun(), trials)).toMatchObject({
      version: 2,
      pack: 'sdr',
      agent: 'alice-react',
      model: 'sim/sdr',
      runs: [{ id: sampleRun().id, agentVersion: '0.1.0', at: '2026-11-18T11:07:40.000Z' }],
      scenarios: {
        'sdr/opt-out': { digest: 'digest of sdr/opt-out', trials: [{ passed: true, steps: 3 }] },
        'sdr/reply': { digest: 'digest of sdr/reply', trials: [{ passed: true }, { passed: false }] },
      },
    });
  });

  it('adds a later run, keeps scenarios it did not try, and counts a run once', () => {
    const first = bless(null, sampleRun(), trials);
    const [run, own] = later('later');
    const second = bless(first, run, own([sampleReport('sdr/reply', 0, PASSED)]));
    expect(second.runs.map(({ id }) => id)).toEqual([sampleRun().id, 'later']);
    expect(passedOf(second, reply)).toEqual([true, false, true]);
    expect(passedOf(second, scenarioId('sdr/opt-out'))).toEqual([true]);
    expect(bless(second, run, own([sampleReport('sdr/reply', 0, PASSED)]))).toBe(second);
  });

  it('keeps the newest trials, and only the runs they are of', () => {
    const many = (outcome: typeof PASSED) =>
      Array.from({ length: BASELINE_DEPTH }, (_, index) => sampleReport('sdr/reply', index, outcome));
    const first = bless(null, sampleRun(), many(MISSED));
    const [run, own] = later('later');
    const second = bless(first, run, own(many(PASSED)));
    expect(passedOf(second, reply)).toEqual(Array.from({ length: BASELINE_DEPTH }, () => true));
    expect(second.runs.map(({ id }) => id)).toEqual(['later']);
  });

  it('begins a changed scenario anew', () => {
    const first = bless(null, sampleRun(), trials);
    const [run, own] = later('later');
    const second = bless(first, run, own([sampleReport('sdr/reply', 0, MISSED, { digest: 'new' })]));
    expect(second.scenarios[reply]).toMatchObject({ digest: 'new', trials: [{ passed: false }] });
  });

  it('leaves out the voids it can bear', () => {
    const many = Array.from({ length: 19 }, (_, index) => sampleReport('sdr/reply', index, PASSED));
    const baseline = bless(null, sampleRun(), [...many, sampleReport('sdr/reply', 19, VOID)]);
    expect(passedOf(baseline, reply)).toHaveLength(19);
  });

  it.each([
    ['without trials', sampleRun(), [], /no trials/],
    [
      'with too many voids',
      sampleRun(),
      [...trials, sampleReport('sdr/reply', 2, VOID)],
      /Void: 1 of 4 trials/,
    ],
    ['that replays a recording', sampleRun({ replayed: true }), trials, /replay/],
    ['that was cut short', sampleRun({ trialsPlanned: 30 }), trials, /3 of 30 planned/],
    [
      'whose scenario was changed half-way',
      sampleRun(),
      [...trials, sampleReport('sdr/reply', 2, PASSED, { digest: 'new' })],
      /sdr\/reply was changed half-way/,
    ],
  ])('refuses a run %s', (_, run, some, message) => {
    expect(() => bless(null, run, some)).toThrow(withCode('RUN_NOT_BLESSABLE', message));
  });

  it.each(['pack', 'agent', 'model'] as const)('refuses a run of another %s', (what) => {
    const [run, own] = later('later', { [what]: 'other' });
    expect(() => bless(bless(null, sampleRun(), trials), run, own(trials))).toThrow(
      withCode('RUN_NOT_BLESSABLE', new RegExp(`${what} .* got other`)),
    );
  });
});
