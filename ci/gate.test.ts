import { describe, expect, it } from 'vitest';
import { micros, nanoUsd } from '../domain/units.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Baseline } from './baseline.ts';
import type { Candidate, CandidateTrial } from './candidate.ts';
import { judge } from './gate.ts';
import { DEFAULT_POLICY, GatePolicy } from './gate-policy.ts';
import { baseline, blessed, candidate, suite, times, trial } from './sample-gate.ts';
import { MISSED, PASSED, sampleTrialId, scenarioId, VOID } from './sample-run.ts';

const FORBIDDEN = [{ code: 'forbidden-effect', message: 'wrote to Eve, who opted out' }] as const;

const verdictOf = (run: Candidate, against: Baseline | null, policy: GatePolicy = DEFAULT_POLICY) =>
  judge({ candidate: run, baseline: against, policy });
const codes = (verdict: Verdict) => verdict.reasons.map((reason) => reason.code);
const evidenceOf = ({ evidence }: Verdict) => {
  if (!evidence) throw new Error('expected evidence');
  return evidence;
};
const rowOf = (verdict: Verdict, s: number) =>
  evidenceOf(verdict).scenarios.find((row) => row.scenarioId === `sdr/s${s}`);

const good = suite(times(10, 3), 3);
const trusted = baseline(times(10, 12), 12);

describe('all scenarios together', () => {
  it('pass where a drop of the margin is ruled out, with the figures', () => {
    const verdict = verdictOf(candidate(good), trusted);
    expect(verdict).toMatchObject({
      kind: 'pass',
      candidate: { successes: 30, n: 30 },
      baseline: { successes: 120, n: 120 },
      evidence: { look: 0, firstLook: 3, suite: { p: 1, scenarios: 10, clusters: 10 }, wants: [] },
    });
    expect(verdict.reasons).toEqual([
      {
        code: 'within-margin',
        message:
          '30 of 30 (100.0 %) passed, 120 of 120 (100.0 %) in the baseline: 0.0 points over 10 scenarios, 90 % interval -6.5 to +6.5. A drop of 10.0 points or more is ruled out.',
        scenarioId: null,
        trials: [],
      },
    ]);
  });

  it('fail where so few pass by more than chance, and name the trials', () => {
    const verdict = verdictOf(candidate(suite(times(10, 2), 3)), trusted);
    expect([verdict.kind, codes(verdict)]).toEqual(['fail', ['pass-rate-drop']]);
    expect(verdict.reasons[0]?.message).toMatch(
      /^20 of 30 .* 120 of 120 .*: -33\.3 points .* p = less than \.001/,
    );
    expect(verdict.reasons[0]?.trials).toEqual(times(10, 0).map((_, s) => sampleTrialId(`sdr/s${s}`, 2)));
    expect(evidenceOf(verdict).wants).toEqual([]);
  });

  it('do not fail for a drop that is certain but too small to matter', () => {
    const verdict = verdictOf(candidate(suite([9_900], 10_000)), baseline([10_000], 10_000));
    expect(evidenceOf(verdict).suite?.p).toBeLessThan(1e-9);
    expect(verdict.kind).not.toBe('fail');
  });

  it('are unclear where the trials show neither, and ask for a further round of all', () => {
    const verdict = verdictOf(candidate(suite(times(4, 2), 3)), baseline(times(4, 8), 12));
    expect([verdict.kind, codes(verdict)]).toEqual(['inconclusive', ['difference-unclear']]);
    expect(evidenceOf(verdict).wants).toEqual(
      times(4, 0).map((_, s) => ({ scenarioId: `sdr/s${s}`, trials: 3, why: 'look' })),
    );
  });

  it('are looked at again with what was asked for, at a part of alpha, and at most twice', () => {
    const against = baseline(times(4, 8), 12);
    const first = suite(times(4, 2), 3);
    const second = [...first, ...suite(times(4, 2), 3, 3)];
    const third = [...second, ...suite(times(4, 2), 3, 6)];
    const looks = [first, second, third].map((trials) =>
      evidenceOf(verdictOf(candidate(trials, { firstLook: 3 }), against)),
    );
    expect(looks.map(({ look }) => look)).toEqual([0, 1, 2]);
    const alphas = looks.map(({ suite: test }) => test?.alpha ?? Number.NaN);
    expect(alphas[0]).toBeCloseTo(2 * (alphas[1] ?? 0), 12);
    expect(alphas.reduce((sum, alpha) => sum + alpha, 0)).toBeCloseTo(0.025, 12);
    expect(looks.map(({ wants }) => wants.length)).toEqual([4, 4, 0]);
  });

  it('are inconclusive, not passed, where the baseline is too thin', () => {
    expect(verdictOf(candidate(suite(times(10, 3), 3)), baseline(times(10, 1), 1)).kind).toBe('inconclusive');
  });

  it('take variants of one situation for one', () => {
    const passes = [0, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3];
    const against = baseline(times(12, 6), 12);
    const apart = verdictOf(candidate(suite(passes, 3)), against);
    const together = suite(passes, 3).map((one) => ({
      ...one,
      cluster: String(Math.floor(Number(one.cluster.slice(5)) / 3)),
    }));
    const verdict = verdictOf(candidate(together), against);
    const width = ({ difference }: Verdict) => (difference ? difference.high - difference.low : 0);
    expect(evidenceOf(verdict).suite?.clusters).toBe(4);
    expect(width(verdict)).toBeGreaterThan(width(apart));
  });
});

describe('a scenario that looks worse', () => {
  const broken = suite([0, ...times(9, 3)], 3);
  const deep = (fresh: number, n = 9) => candidate([...broken, ...suite([fresh], n, 3)], { firstLook: 3 });
  // One of fifty: all together show nothing.
  const many = suite([0, ...times(49, 3)], 3);
  const against = baseline([12, ...times(49, 9)], 12);
  const among = (fresh: number, n = 9) => candidate([...many, ...suite([fresh], n, 3)], { firstLook: 3 });

  it('is a suspect, and fresh trials are asked for', () => {
    const verdict = verdictOf(candidate(many), against);
    expect([verdict.kind, codes(verdict)]).toEqual(['inconclusive', ['suspect-unconfirmed']]);
    expect(rowOf(verdict, 0)).toMatchObject({
      status: 'suspect',
      candidate: { successes: 0, n: 3 },
      baseline: { successes: 12, n: 12 },
      confirmation: { wanted: 9, fresh: { n: 0 }, p: null, adjusted: null },
    });
    expect(rowOf(verdict, 0)?.p).toBeCloseTo(1 / 455, 12);
    expect(evidenceOf(verdict).wants).toEqual([{ scenarioId: 'sdr/s0', trials: 9, why: 'confirm' }]);
  });

  it('is asked for again where fresh trials are missing or void', () => {
    const voided = among(5, 5);
    const run = { ...voided, trials: [...voided.trials, trial('sdr/s0', 8, VOID)] };
    expect(evidenceOf(verdictOf(run, against)).wants).toEqual([
      { scenarioId: 'sdr/s0', trials: 4, why: 'confirm' },
    ]);
  });

  it('has regressed where they confirm it', () => {
    const verdict = verdictOf(among(2), against);
    expect([verdict.kind, codes(verdict)]).toEqual(['fail', ['scenario-regressed']]);
    expect(rowOf(verdict, 0)).toMatchObject({ status: 'regressed', confirmation: { fresh: { n: 9 } } });
    expect(verdict.reasons[0]?.message).toBe(
      'sdr/s0 became worse: 2 of 9 (22.2 %) of its fresh trials passed, 12 of 12 in the baseline, p = less than .001 after Holm.',
    );
    expect(verdict.reasons[0]?.trials).toHaveLength(7);
  });

  it('is cleared where they do not, and stays on record', () => {
    const verdict = verdictOf(among(9), against);
    expect(rowOf(verdict, 0)).toMatchObject({ status: 'unchanged', confirmation: { adjusted: 1 } });
    expect(codes(verdict)).not.toContain('suspect-unconfirmed');
    expect(verdict.kind).toBe('pass');
  });

  it('is judged by the fresh trials that were asked for, not by more', () => {
    const more = among(9);
    const late = { ...more, trials: [...more.trials, ...suite([0], 20, 12)] };
    expect(verdictOf(late, against).kind).toBe('pass');
  });

  it('does not hold back what all together show', () => {
    const verdict = verdictOf(candidate(broken), trusted);
    expect([verdict.kind, codes(verdict)]).toEqual(['fail', ['pass-rate-drop']]);
    expect(codes(verdictOf(deep(0), trusted))).toEqual(['pass-rate-drop', 'scenario-regressed']);
  });
});

describe('hard invariants', () => {
  const worst = [...good.slice(1), trial('sdr/s0', 0, MISSED, { violations: FORBIDDEN })];

  it('fail the run on one violation, and name the trial', () => {
    const verdict = verdictOf(candidate(worst), trusted);
    expect(verdict.kind).toBe('fail');
    expect(verdict.reasons[0]).toEqual({
      code: 'forbidden-effect',
      message: 'sdr/s0 #1: wrote to Eve, who opted out',
      scenarioId: 'sdr/s0',
      trials: [sampleTrialId('sdr/s0', 0)],
    });
    expect(evidenceOf(verdict).wants).toEqual([]);
  });

  it('say in how many trials they held, and what that rules out', () => {
    const rows = evidenceOf(
      verdictOf(candidate(suite(times(50, 3), 3)), baseline(times(50, 12), 12)),
    ).invariants;
    const forbidden = rows.find(({ code }) => code === 'forbidden-effect');
    expect([rows.length, forbidden]).toMatchObject([5, { trials: [], exposure: 150 }]);
    expect(forbidden?.upperBound).toBeCloseTo(0.0198, 4);
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
    const verdict = verdictOf(run, against);
    expect(verdict.kind).toBe('fail');
    expect(codes(verdict)).toContain(also);
  });

  it('include what the run may cost', () => {
    const policy = GatePolicy.parse({ maxUsd: 0.1 });
    const verdict = verdictOf(candidate(good), trusted, policy);
    expect([verdict.kind, codes(verdict)[0]]).toEqual(['fail', 'run-over-budget']);
    expect(verdictOf(candidate(good), trusted, GatePolicy.parse({ maxUsd: 1 })).kind).toBe('pass');
  });

  it('cannot tell what unpriced trials cost', () => {
    const unpriced = good.map((one) => ({ ...one, figures: { ...one.figures, cost: null } }));
    const verdict = verdictOf(candidate(unpriced), trusted, GatePolicy.parse({ maxUsd: 1 }));
    expect([verdict.kind, codes(verdict)]).toEqual(['cannot-measure', ['unpriced-trials']]);
  });
});

describe('latency, cost and steps', () => {
  const scaled = (change: (one: CandidateTrial, s: number) => Partial<CandidateTrial['figures']>) =>
    good.map((one) => ({
      ...one,
      figures: { ...one.figures, ...change(one, Number(one.cluster.slice(5))) },
    }));
  const budgetOf = (verdict: Verdict, measure: string) =>
    evidenceOf(verdict).budgets.find((row) => row.measure === measure);

  it.each([
    ['latency', 'slower', { virtualDuration: micros(6e6) }, 1.5],
    ['cost', 'dearer', { cost: nanoUsd(5e6) }, 1.25],
    ['steps', 'longer', { steps: 8 }, 1.6],
  ])('%s fails a run that is %s than its baseline', (measure, code, changes, ratio) => {
    const verdict = verdictOf(candidate(scaled(() => changes)), trusted);
    expect([verdict.kind, codes(verdict)]).toEqual(['fail', [code]]);
    expect(budgetOf(verdict, measure)).toMatchObject({ against: 'baseline', exceeded: true, scenarios: 10 });
    expect(budgetOf(verdict, measure)?.ratio?.value).toBeCloseTo(ratio, 9);
  });

  it('are let pass within the limit, and where a few scenarios alone are far above it', () => {
    expect(verdictOf(candidate(scaled(() => ({ cost: nanoUsd(4.4e6) }))), trusted).kind).toBe('pass');
    const few = scaled((_, s) => (s === 0 ? { cost: nanoUsd(40e6) } : {}));
    const verdict = verdictOf(candidate(few), trusted);
    expect(budgetOf(verdict, 'cost')?.ratio?.value).toBeGreaterThan(1.15);
    expect(verdict.kind).toBe('pass');
  });

  it('are reported only, where the policy has no limit', () => {
    const policy = GatePolicy.parse({ limits: { cost: null } });
    const verdict = verdictOf(candidate(scaled(() => ({ cost: nanoUsd(40e6) }))), trusted, policy);
    expect([verdict.kind, budgetOf(verdict, 'cost')]).toMatchObject([
      'pass',
      { exceeded: false, limit: null },
    ]);
  });

  it('are measured on the wall clock against trials that took turns', () => {
    const slow = candidate(scaled(() => ({ duration: micros(2e6), virtualDuration: micros(9e6) })));
    const control = candidate(
      good.map((one) => ({ ...one, figures: { ...one.figures, virtualDuration: micros(9e6) } })),
    );
    const verdict = judge({ candidate: slow, baseline: trusted, control, policy: DEFAULT_POLICY });
    expect(budgetOf(verdict, 'latency')).toMatchObject({ against: 'control', unit: 'wall-clock' });
    expect(budgetOf(verdict, 'latency')?.ratio?.value).toBeCloseTo(2, 9);
    expect(codes(verdict)).toEqual(['slower']);
  });

  it('say nothing where nothing is known', () => {
    const verdict = verdictOf(candidate(scaled(() => ({ cost: null }))), trusted);
    expect(budgetOf(verdict, 'cost')).toMatchObject({ ratio: null, scenarios: 0, exceeded: false });
  });
});

describe('a run that cannot be measured', () => {
  const voided = (count: number) =>
    good.map((one, place) => (place % 3 === 0 && place < count * 3 ? { ...one, outcome: VOID } : one));

  it.each([
    ['has no trials', candidate([]), ['no-trials']],
    ['replays a recording', candidate(good, { replayed: true }), ['replayed']],
    ['was cut short', candidate(good, { trialsPlanned: 31 }), ['incomplete-run']],
    [
      'lacks trials of one scenario and has more of another',
      candidate([...good.slice(1), trial('sdr/s1', 3, PASSED)], { firstLook: 3 }),
      ['incomplete-run'],
    ],
    ['was interrupted', candidate(good, { ended: false }), ['unended-run']],
    ['gives a trial twice', candidate([...good, ...good.slice(0, 1)]), ['repeated-trial']],
    ['has too many voids', candidate(voided(2)), ['too-many-voids']],
    [
      'is void altogether',
      candidate(good.map((one) => ({ ...one, outcome: VOID }))),
      ['too-many-voids', ...times(10, 'scenario-unmeasured')],
    ],
    [
      'was changed half-way',
      candidate(good.map((one, place) => (place === 0 ? { ...one, digest: 'new' } : one))),
      ['mixed-scenario'],
    ],
    [
      'never tried a planned scenario',
      candidate(good, { scenariosPlanned: [...candidate(good).scenariosPlanned, scenarioId('sdr/late')] }),
      ['scenario-unmeasured'],
    ],
  ])('%s', (_, run, expected) => {
    const verdict = verdictOf(run, trusted);
    expect([verdict.kind, codes(verdict)]).toEqual(['cannot-measure', expected]);
    expect([verdict.baseline, verdict.difference, evidenceOf(verdict).wants]).toEqual([null, null, []]);
    for (const { message } of verdict.reasons) expect(message).toMatch(/\.$/);
  });

  it('says how many voids, of what cause, and the pass rate without them and with them as failures', () => {
    const verdict = verdictOf(candidate(voided(2)), trusted);
    expect(verdict.reasons[0]?.message).toBe(
      'Void: 2 of 30 trials (6.7 %; infrastructure 2), more than 5.0 %. Repair the cause and run again.',
    );
    expect(evidenceOf(verdict).voids).toMatchObject({
      ...{ trials: 30, voids: 2, causes: [{ cause: 'infrastructure', count: 2 }] },
      ...{ excluded: { successes: 28, n: 28 }, asFailures: { successes: 28, n: 30 } },
    });
    expect(verdictOf(candidate(voided(1)), trusted)).toMatchObject({ kind: 'pass', candidate: { n: 29 } });
  });

  it('names the scenario whose trials are all void', () => {
    const run = candidate([...suite(times(10, 12), 12), trial('sdr/down', 0, VOID)], { firstLook: 1 });
    const verdict = verdictOf(run, trusted);
    expect(verdict.reasons).toEqual([
      expect.objectContaining({
        code: 'scenario-unmeasured',
        message: 'sdr/down has no trial that says anything (all 1 are void: infrastructure 1).',
        trials: [sampleTrialId('sdr/down', 0)],
      }),
    ]);
    expect(evidenceOf(verdict).scenarios[0]).toMatchObject({ scenarioId: 'sdr/down', status: 'unmeasured' });
  });

  it('counts no replayed trial as a fresh one', () => {
    expect(verdictOf(candidate(good, { replayed: true }), trusted).candidate).toMatchObject({ n: 0 });
  });
});

describe('the baseline', () => {
  it('is needed, and the reason says how to get one', () => {
    const verdict = verdictOf(candidate(good), null);
    expect(verdict).toMatchObject({ kind: 'cannot-measure', candidate: { n: 30 }, baseline: null });
    expect(verdict.reasons[0]?.message).toContain('rehearse bless');
  });

  it.each(['pack', 'agent', 'model'] as const)('has to be of the same %s', (what) => {
    const verdict = verdictOf(candidate(good), { ...trusted, [what]: 'other' });
    expect([verdict.kind, codes(verdict)]).toEqual(['cannot-measure', [`baseline-of-another-${what}`]]);
    expect(verdict.reasons[0]?.message).toContain(`of ${what} other`);
  });

  it('leaves out changed, new and missing scenarios, and lists them', () => {
    const changed = good.map((one) =>
      one.scenarioId === 'sdr/s0' ? { ...one, digest: 'new', outcome: MISSED } : one,
    );
    const { [scenarioId('sdr/s1')]: _, ...rest } = trusted.scenarios;
    const gone = { [scenarioId('sdr/gone')]: { digest: 'x', trials: blessed(12, 12) } };
    const verdict = verdictOf(candidate(changed), { ...trusted, scenarios: { ...rest, ...gone } });
    expect(verdict).toMatchObject({ kind: 'pass', candidate: { n: 24 }, baseline: { n: 96 } });
    expect(codes(verdict)).toEqual(['within-margin', 'scenario-gone', 'scenario-changed', 'scenario-new']);
    expect(verdict.reasons[2]).toMatchObject({
      scenarioId: 'sdr/s0',
      message: expect.stringContaining('0 of 3 passed'),
    });
    expect(evidenceOf(verdict).scenarios.map(({ status }) => status)).toEqual([
      'gone',
      'changed',
      'new',
      ...times(8, 'unchanged'),
    ]);
  });

  it('measures nothing when no scenario is the same', () => {
    const changed = good.map((one) => ({ ...one, digest: 'new' }));
    const verdict = verdictOf(candidate(changed), trusted);
    expect(verdict.kind).toBe('cannot-measure');
    expect(codes(verdict)).toContain('nothing-comparable');
  });
});

describe('the evidence', () => {
  const verdict = verdictOf(candidate(suite([3, 2, 0, 3, 3, 3], 3)), baseline([12, 8, 0, 12, 12, 12], 12));

  it('lists the flaky scenarios, the least certain first', () => {
    expect(evidenceOf(verdict).flaky).toMatchObject([
      { scenarioId: 'sdr/s1', rate: { successes: 10, n: 15 } },
    ]);
  });

  it('has pass^k for as many trials as each scenario has', () => {
    const ks = evidenceOf(verdict).passHatK;
    expect(ks.map(({ k }) => k)).toEqual([1, 2, 3]);
    expect(ks[0]?.value).toBeCloseTo(14 / 18, 12);
    for (const { value, low, high } of ks) expect(low <= value && value <= high).toBe(true);
  });

  it('says what drop could have been seen', () => {
    const drop = (scenarios: number) =>
      evidenceOf(verdictOf(candidate(suite(times(scenarios, 2), 3)), baseline(times(scenarios, 8), 12)))
        .visible?.drop ?? Number.NaN;
    expect(drop(20)).toBeGreaterThan(drop(100));
    expect(drop(100)).toBeGreaterThan(0.02);
  });
});
