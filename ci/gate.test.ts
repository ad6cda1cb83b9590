import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScenarioId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import { micros, nanoUsd } from '../domain/units.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Baseline } from './baseline.ts';
import type { Candidate, CandidateTrial } from './candidate.ts';
import { judge } from './gate.ts';
import { GatePolicy } from './gate-policy.ts';
import { MISSED, PASSED, sampleRun, sampleTrialId, scenarioId, VOID } from './sample-run.ts';

const DEFAULT_POLICY = GatePolicy.parse({ margin: 0.15 });
const run = sampleRun().id;
const FORBIDDEN = [{ code: 'forbidden-effect', message: 'wrote to Eve, who opted out' }] as const;

function trial(
  id: string,
  index: number,
  outcome: Outcome,
  changes: Partial<CandidateTrial> = {},
): CandidateTrial {
  return {
    id: sampleTrialId(id, index),
    scenarioId: scenarioId(id),
    digest: `digest of ${id}`,
    index,
    outcome,
    violations: [],
    replayed: false,
    cluster: id,
    figures: { duration: micros(1e6), virtualDuration: micros(4e6), cost: nanoUsd(4e6), steps: 5 },
    ...changes,
  };
}

function verdictOf(candidate: Candidate, baseline: Baseline | null, policy: GatePolicy): Verdict {
  return judge({ candidate, baseline, policy });
}

function candidate(trials: readonly CandidateTrial[], changes: Partial<Candidate> = {}): Candidate {
  return {
    pack: 'sdr',
    agent: 'alice-react',
    model: 'sim/sdr',
    replayed: false,
    ended: true,
    scenariosPlanned: [...new Set(trials.map((one) => one.scenarioId))],
    trialsPlanned: trials.length,
    firstLook: Math.max(1, ...trials.map(({ index }) => index + 1)),
    trials,
    ...changes,
  };
}

/** `passes[s]` of `each` trials of scenario `s` passed. */
function suite(passes: readonly number[], each: number): CandidateTrial[] {
  return passes.flatMap((passed, s) =>
    Array.from({ length: each }, (_, index) => trial(`sdr/s${s}`, index, index < passed ? PASSED : MISSED)),
  );
}

function blessed(passed: number, each: number): Baseline['scenarios'][ScenarioId]['trials'] {
  const figures = { steps: 5, virtualDuration: micros(4e6), cost: nanoUsd(4e6) };
  return Array.from({ length: each }, (_, place) => ({ run, passed: place < passed, ...figures }));
}

function baseline(passes: readonly number[], each: number, changes: Partial<Baseline> = {}): Baseline {
  return {
    version: 2,
    pack: 'sdr',
    agent: 'alice-react',
    model: 'sim/sdr',
    runs: [{ id: run, agentVersion: '0.1.0', commit: null, at: '2026-11-21T09:00:00.000Z' }],
    scenarios: Object.fromEntries(
      passes.map((passed, s) => [
        scenarioId(`sdr/s${s}`),
        { digest: `digest of sdr/s${s}`, trials: blessed(passed, each) },
      ]),
    ),
    ...changes,
  };
}

const ten = (passed: number) => Array.from({ length: 10 }, () => passed);
const codes = (verdict: Verdict) => verdict.reasons.map((reason) => reason.code);
const good = suite(ten(3), 3);
const trusted = baseline(ten(12), 12);

describe('judge', () => {
  it('passes a run that shows it is no worse, with the figures', () => {
    const verdict = verdictOf(candidate(good), trusted, DEFAULT_POLICY);
    expect(verdict).toMatchObject({
      kind: 'pass',
      candidate: { successes: 30, n: 30 },
      baseline: { successes: 120, n: 120 },
      difference: { value: 0 },
    });
    expect(verdict.reasons).toEqual([
      {
        code: 'within-margin',
        message:
          '30 of 30 (100.0 %) passed, 120 of 120 (100.0 %) in the baseline: 0.0 points, 95 % interval -11.4 to +3.1. A drop of 15.0 points or more is ruled out.',
        scenarioId: null,
        trials: [],
      },
    ]);
  });

  it('fails a run that is worse by more than chance', () => {
    const verdict = verdictOf(candidate(suite([0, ...ten(3).slice(1)], 3)), trusted, DEFAULT_POLICY);
    expect(verdict.kind).toBe('fail');
    expect(verdict.reasons[0]?.message).toMatch(/27 of 30 .* 120 of 120 .*: -10\.0 points.* worse/);
  });

  it('is inconclusive where the trials show neither', () => {
    const verdict = verdictOf(candidate(suite(ten(1), 1)), baseline(ten(1), 1), DEFAULT_POLICY);
    expect([verdict.kind, codes(verdict)]).toEqual(['inconclusive', ['difference-unclear']]);
  });

  it('does not fail a drop that is certain but too small to matter', () => {
    const [many, most] = [Array.from({ length: 1 }, () => 10_000), Array.from({ length: 1 }, () => 9_900)];
    const verdict = verdictOf(candidate(suite(most, 10_000)), baseline(many, 10_000), DEFAULT_POLICY);
    expect(verdict.difference?.high).toBeLessThan(0);
    expect(verdict.kind).toBe('pass');
  });

  it('asks for more evidence under a smaller margin', () => {
    const policy = GatePolicy.parse({ margin: 0.05 });
    expect(verdictOf(candidate(good), trusted, policy).kind).toBe('inconclusive');
  });
});

describe('hard invariants', () => {
  const worst = [...good.slice(1), trial('sdr/s0', 0, MISSED, { violations: FORBIDDEN })];

  it('fail the run on one violation, and name the trial', () => {
    const verdict = verdictOf(candidate(worst), trusted, DEFAULT_POLICY);
    expect(verdict.kind).toBe('fail');
    expect(verdict.reasons[0]).toEqual({
      code: 'forbidden-effect',
      message: 'sdr/s0 #1: wrote to Eve, who opted out',
      scenarioId: 'sdr/s0',
      trials: [sampleTrialId('sdr/s0', 0)],
    });
  });

  it.each([
    ['without a baseline', candidate(worst), null, 'baseline-missing'],
    ['in a replay', candidate(worst, { replayed: true }), trusted, 'replayed'],
    [
      'in a void trial',
      candidate([trial('sdr/s0', 0, VOID, { violations: FORBIDDEN })]),
      trusted,
      'too-many-voids',
    ],
  ])('fail the run %s, which says that too', (_, run, against, also) => {
    const verdict = verdictOf(run, against, DEFAULT_POLICY);
    expect(verdict.kind).toBe('fail');
    expect(codes(verdict)).toContain(also);
  });
});

describe('a run that cannot be measured', () => {
  const voided = (count: number) =>
    good.map((one, place) => (place % 3 === 0 && place < count * 3 ? { ...one, outcome: VOID } : one));

  it.each([
    ['has no trials', candidate([]), 'no-trials'],
    ['replays a recording', candidate(good, { replayed: true }), 'replayed'],
    ['was cut short', candidate(good, { trialsPlanned: 31 }), 'incomplete-run'],
    ['was interrupted', candidate(good, { ended: false }), 'unended-run'],
    ['gives a trial twice', candidate([...good, ...good.slice(0, 1)]), 'repeated-trial'],
    ['has too many voids', candidate(voided(2)), 'too-many-voids'],
    [
      'never tried a planned scenario',
      candidate(good, { scenariosPlanned: [...candidate(good).scenariosPlanned, scenarioId('sdr/late')] }),
      'scenario-unmeasured',
    ],
  ])('%s', (_, run, code) => {
    const verdict = verdictOf(run, trusted, DEFAULT_POLICY);
    expect([verdict.kind, codes(verdict)]).toEqual(['cannot-measure', [code]]);
    expect([verdict.baseline, verdict.difference]).toEqual([null, null]);
  });

  it('says how many voids, of what cause, and how many it would bear', () => {
    expect(verdictOf(candidate(voided(2)), trusted, DEFAULT_POLICY).reasons[0]?.message).toBe(
      'Void: 2 of 30 trials (6.7 %; infrastructure 2), more than 5.0 %. Repair the cause and run again.',
    );
    expect(verdictOf(candidate(voided(1)), trusted, DEFAULT_POLICY)).toMatchObject({
      kind: 'pass',
      candidate: { n: 29 },
    });
  });

  it('names the scenario whose trials are all void', () => {
    const run = candidate([...suite(ten(12), 12), trial('sdr/down', 0, VOID)]);
    expect(verdictOf(run, trusted, DEFAULT_POLICY).reasons).toEqual([
      expect.objectContaining({
        code: 'scenario-unmeasured',
        message: 'sdr/down has no trial that says anything (all 1 are void: infrastructure 1).',
        trials: [sampleTrialId('sdr/down', 0)],
      }),
    ]);
  });

  it('counts no replayed trial as a fresh one', () => {
    expect(verdictOf(candidate(good, { replayed: true }), trusted, DEFAULT_POLICY).candidate).toMatchObject({
      n: 0,
    });
  });
});

describe('the baseline', () => {
  it('is needed, and the reason says how to get one', () => {
    const verdict = verdictOf(candidate(good), null, DEFAULT_POLICY);
    expect(verdict).toMatchObject({ kind: 'cannot-measure', candidate: { n: 30 }, baseline: null });
    expect(verdict.reasons[0]?.message).toContain('rehearse bless');
  });

  it.each(['pack', 'agent', 'model'] as const)('has to be of the same %s', (what) => {
    const verdict = verdictOf(candidate(good), { ...trusted, [what]: 'other' }, DEFAULT_POLICY);
    expect([verdict.kind, codes(verdict)]).toEqual(['cannot-measure', [`baseline-of-another-${what}`]]);
    expect(verdict.reasons[0]?.message).toContain(`of ${what} other`);
  });

  it('leaves out changed, new and missing scenarios, and lists them', () => {
    const changed = good.map((one) =>
      one.scenarioId === 'sdr/s0' ? { ...one, digest: 'new', outcome: MISSED } : one,
    );
    const { 'sdr/s1': _, ...rest } = { ...trusted.scenarios } as Record<string, never>;
    const gone = { 'sdr/gone': { digest: 'x', trials: blessed(12, 12) } };
    const verdict = verdictOf(
      candidate(changed),
      { ...trusted, scenarios: { ...rest, ...gone } },
      DEFAULT_POLICY,
    );
    expect(verdict).toMatchObject({ kind: 'pass', candidate: { n: 24 }, baseline: { n: 96 } });
    expect(codes(verdict)).toEqual(['within-margin', 'scenario-changed', 'scenario-new', 'scenario-gone']);
    expect(verdict.reasons[1]).toMatchObject({
      scenarioId: 'sdr/s0',
      message: expect.stringContaining('0 of 3 passed'),
    });
  });

  it('measures nothing when no scenario is the same', () => {
    const changed = good.map((one) => ({ ...one, digest: 'new' }));
    const verdict = verdictOf(candidate(changed), trusted, DEFAULT_POLICY);
    expect(verdict.kind).toBe('cannot-measure');
    expect(codes(verdict)).toContain('nothing-comparable');
  });
});

describe('the laws of the gate', () => {
  const outcome = fc.oneof(
    { arbitrary: fc.constant(PASSED), weight: 20 },
    { arbitrary: fc.constant(MISSED), weight: 3 },
    { arbitrary: fc.constant(VOID), weight: 1 },
  );
  /** Runs of up to six scenarios of one depth, with now and then a changed scenario or a violation. */
  const runs = fc
    .record({ scenarios: fc.integer({ min: 1, max: 6 }), each: fc.integer({ min: 1, max: 12 }) })
    .chain(({ scenarios, each }) =>
      fc
        .array(fc.record({ outcome, broken: fc.boolean(), changed: fc.boolean() }), {
          minLength: scenarios * each,
          maxLength: scenarios * each,
        })
        .map((drawn) =>
          drawn.map(({ outcome: result, broken, changed }, place) =>
            trial(`sdr/s${place % scenarios}`, Math.floor(place / scenarios), result, {
              violations: broken && place % 37 === 36 ? FORBIDDEN : [],
              ...(changed && place % scenarios === 5 && { digest: 'changed' }),
            }),
          ),
        ),
    );
  const baselines = fc
    .array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 })
    .map((passes) => baseline(passes, 12));
  const RANK = { fail: 0, 'cannot-measure': 1, inconclusive: 2, pass: 3 } as const;

  it('the order of the trials does not matter', () => {
    fc.assert(
      fc.property(runs, baselines, fc.infiniteStream(fc.nat()), (trials, against, draws) => {
        const shuffled = trials
          .map((one) => ({ one, draw: draws.next().value }))
          .sort((a, b) => a.draw - b.draw)
          .map(({ one }) => one);
        const [there, back] = [trials, shuffled].map((some) =>
          verdictOf({ ...candidate(trials), trials: some }, against, DEFAULT_POLICY),
        );
        expect(back).toEqual(there);
      }),
    );
  });

  it('one more failure never makes a verdict better', () => {
    fc.assert(
      fc.property(runs, baselines, fc.nat(), (trials, against, draw) => {
        const passed = trials.filter((one) => one.outcome.kind === 'passed');
        const victim = passed[draw % Math.max(1, passed.length)];
        const worse = trials.map((one) => (one === victim ? { ...one, outcome: MISSED } : one));
        const before = verdictOf(candidate(trials), against, DEFAULT_POLICY);
        const after = verdictOf(candidate(worse), against, DEFAULT_POLICY);
        expect(RANK[after.kind]).toBeLessThanOrEqual(RANK[before.kind]);
      }),
      { numRuns: 500 },
    );
  });

  it('nothing passes without fresh trials on both sides', () => {
    fc.assert(
      fc.property(runs, fc.option(baselines), fc.boolean(), (trials, against, replayed) => {
        const verdict = verdictOf(candidate(trials, { replayed }), against, DEFAULT_POLICY);
        if (verdict.kind !== 'pass') return;
        expect(replayed).toBe(false);
        expect(verdict.candidate.n).toBeGreaterThan(0);
        expect(verdict.baseline?.n).toBeGreaterThan(0);
      }),
    );
    expect(verdictOf(candidate([]), null, DEFAULT_POLICY).kind).toBe('cannot-measure');
  });

  it('every verdict has a reason', () => {
    fc.assert(
      fc.property(runs, fc.option(baselines), (trials, against) => {
        expect(verdictOf(candidate(trials), against, DEFAULT_POLICY).reasons).not.toEqual([]);
      }),
    );
  });
});
