import { describe, expect, it } from 'vitest';
import { compareRuns, type PlayedRun } from './compare-runs.ts';
import type { Outcome } from './outcome.ts';
import type { RunSummary } from './run.ts';
import { TrialSummary } from './trial.ts';

const passed: Outcome = { kind: 'passed' };
const failed: Outcome = { kind: 'failed', failure: 'missed', explanation: 'no mail' };
const voided: Outcome = { kind: 'void', cause: 'infrastructure', explanation: 'gone' };

type Played = {
  outcomes: Outcome[];
  digest?: string;
  cost?: number | null;
  replayed?: boolean;
  looped?: boolean;
};

function played(runId: string, scenarios: Record<string, Played>): PlayedRun {
  const trials = Object.entries(scenarios).flatMap(
    ([scenarioId, { outcomes, digest = 'd', cost = 100, ...more }]) =>
      outcomes.map((outcome, index) =>
        TrialSummary.parse({
          id: Buffer.from(`${runId}${scenarioId}${index}`).toString('hex').padEnd(24, '0').slice(0, 24),
          ...{ runId, digest, index, start: 0, outcome, traceId: null, replayed: more.replayed ?? false },
          figures: { duration: 1, virtualDuration: 10, modelCalls: 2, toolCalls: 0, usage: null, cost },
          ...{
            scenarioId,
            title: scenarioId,
            cluster: null,
            right: outcome === passed,
            looped: more.looped ?? null,
          },
        }),
      ),
  );
  return { run: { id: runId, replayed: false } as RunSummary, trials };
}

const times = (outcome: Outcome, count: number) => Array.from({ length: count }, () => outcome);
const scenarios = (count: number, outcomes: Outcome[], more: Partial<Played> = {}) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s/${at}`, { outcomes, ...more }]));

describe('compareRuns', () => {
  it('finds a broken scenario among sound ones, and claims nothing of scenarios that it has not seen', () => {
    const baseline = played('a', scenarios(8, times(passed, 9)));
    const candidate = played('b', {
      ...scenarios(8, times(passed, 9)),
      's/3': { outcomes: times(failed, 9) },
    });
    const { scenarios: rows, measures } = compareRuns([baseline], [candidate]);
    expect(rows.map(({ scenarioId, leaning }) => `${scenarioId} ${leaning}`).slice(0, 2)).toEqual([
      's/3 worse',
      's/0 same',
    ]);
    expect(measures?.passed).toMatchObject({ leaning: 'worse', scenarios: 8, difference: { value: -1 / 8 } });
    expect(measures?.passed.p).toBeLessThan(0.001);
    expect(measures?.passed.elsewhere.high).toBeGreaterThan(0);
  });

  it('cannot tell by a handful of trials, though all of them fail', () => {
    const baseline = played('a', scenarios(1, times(passed, 3)));
    const candidate = played('b', scenarios(1, times(failed, 3)));
    const { scenarios: rows, measures } = compareRuns([baseline], [candidate]);
    expect(measures?.passed.p).toBeCloseTo(0.1);
    expect([measures?.passed.leaning, rows[0]?.leaning]).toEqual(['unsure', 'unsure']);
  });

  it('finds a drop of all scenarios together, none of which shows it alone', () => {
    const baseline = played('a', scenarios(30, times(passed, 3)));
    const candidate = played('b', scenarios(30, [passed, passed, failed]));
    const { scenarios: rows, measures } = compareRuns([baseline], [candidate]);
    expect(rows.every(({ leaning }) => leaning === 'unsure')).toBe(true);
    expect(measures?.passed.leaning).toBe('worse');
    expect(measures?.right?.leaning).toBe('worse');
  });

  it('turns round with its sides', () => {
    const [a, b] = [
      played('a', scenarios(30, [passed, failed])),
      played('b', scenarios(30, times(passed, 2))),
    ];
    const there = compareRuns([a], [b]).measures;
    const back = compareRuns([b], [a]).measures;
    expect(there?.passed.leaning).toBe('better');
    expect(back?.passed.leaning).toBe('worse');
    expect(back?.passed.difference.value).toBeCloseTo(-(there?.passed.difference.value ?? 0));
    expect(back?.passed.p).toBeCloseTo(there?.passed.p ?? 0);
  });

  it('tells nothing apart where nothing differs, however the numbers are added up', () => {
    const baseline = played('a', scenarios(5, times(passed, 3), { cost: 7 }));
    const candidate = played('b', scenarios(5, times(passed, 7), { cost: 7 }));
    const { measures } = compareRuns([baseline], [candidate]);
    expect(measures?.passed.difference.value).toBe(0);
    expect(measures?.passed.leaning).toBe('unsure');
    expect(measures?.cost?.leaning).toBe('same');
  });

  it('takes ratios of what is known on both sides, and says when a single scenario tells no spread', () => {
    const dearer = {
      ...scenarios(6, times(passed, 2), { cost: 130 }),
      's/5': { outcomes: [passed], cost: null },
    };
    const { measures } = compareRuns([played('a', scenarios(6, times(passed, 2)))], [played('b', dearer)]);
    expect(measures?.cost).toMatchObject({ scenarios: 5, baseline: 100, candidate: 130, leaning: 'worse' });
    expect(measures?.cost?.ratio?.value).toBeCloseTo(1.3);
    expect(measures?.toolCalls).toBeNull();
    expect(measures?.looped).toBeNull();
    const one = compareRuns(
      [played('a', scenarios(1, [passed]))],
      [played('b', scenarios(1, [passed], { cost: 9 }))],
    );
    expect(one.measures?.cost).toMatchObject({ ratio: null, leaning: 'unsure' });
  });

  it('holds only trials of one digest against each other, and leaves voids and replays out', () => {
    const baseline = played('a', {
      's/same': { outcomes: [passed, voided] },
      's/changed': { outcomes: [passed], digest: 'old' },
      's/gone': { outcomes: [passed] },
      's/void': { outcomes: [passed] },
    });
    const candidate = played('b', {
      's/same': { outcomes: [failed] },
      's/changed': { outcomes: [passed], digest: 'new' },
      's/new': { outcomes: [passed] },
      's/void': { outcomes: [voided] },
      's/replayed': { outcomes: [passed], replayed: true },
    });
    const compared = compareRuns([baseline], [candidate]);
    expect(compared.scenarios.map(({ scenarioId, baseline: { rate } }) => [scenarioId, rate.n])).toEqual([
      ['s/same', 1],
    ]);
    expect(compared.exempt.map(({ scenarioId, why }) => [scenarioId, why])).toEqual([
      ['s/changed', 'changed'],
      ['s/gone', 'baseline only'],
      ['s/new', 'candidate only'],
      ['s/void', 'baseline only'],
    ]);
    expect(compared.baseline.voided).toBe(1);
    expect(compared.candidate).toMatchObject({ voided: 1, replayed: 1 });
  });

  it('puts the trials of several runs of a side together', () => {
    const baseline = [played('a', scenarios(2, [passed])), played('c', scenarios(2, [failed]))];
    const { scenarios: rows } = compareRuns(baseline, [played('b', scenarios(2, [passed]))]);
    expect(rows[0]?.baseline.rate).toMatchObject({ successes: 1, n: 2 });
  });

  it('says that there is nothing to compare', () => {
    expect(compareRuns([played('a', {})], [played('b', {})])).toMatchObject({
      measures: null,
      scenarios: [],
    });
  });
});
