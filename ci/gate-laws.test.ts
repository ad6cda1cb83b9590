import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../domain/outcome.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Baseline } from './baseline.ts';
import type { CandidateTrial } from './candidate.ts';
import { judge } from './gate.ts';
import { DEFAULT_POLICY } from './gate-policy.ts';
import { baseline, candidate, suite, times, trial } from './sample-gate.ts';
import { MISSED, PASSED, VOID } from './sample-run.ts';

const FORBIDDEN = [{ code: 'forbidden-effect', message: 'wrote to Eve, who opted out' }] as const;
const outcome = fc.oneof(
  { arbitrary: fc.constant(PASSED), weight: 20 },
  { arbitrary: fc.constant(MISSED), weight: 3 },
  { arbitrary: fc.constant(VOID), weight: 1 },
);
/** Trials of up to six scenarios of one depth, with now and then a changed scenario or a violation. */
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
            ...(changed && place === 5 && { digest: 'changed' }),
          }),
        ),
      ),
  );
const baselines = fc
  .array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 })
  .map((passes) => baseline(passes, 12));
/** Three trials of each scenario first, and more of each or of none: what the gate may have asked for. */
const firstLooks = fc.constantFrom(1, 3, undefined);

function verdictOf(
  trials: readonly CandidateTrial[],
  against: Baseline | null,
  changes: Parameters<typeof candidate>[1] = {},
): Verdict {
  return judge({ candidate: candidate(trials, changes), baseline: against, policy: DEFAULT_POLICY });
}

const looking = (firstLook: number | undefined) => (firstLook === undefined ? {} : { firstLook });
const withOutcome = (trials: readonly CandidateTrial[], one: CandidateTrial | undefined, to: Outcome) =>
  trials.map((each) => (each === one ? { ...each, outcome: to } : each));

describe('the laws of the gate', () => {
  it('the order of the trials does not matter', () => {
    fc.assert(
      fc.property(
        runs,
        baselines,
        firstLooks,
        fc.infiniteStream(fc.nat()),
        (trials, against, first, draws) => {
          const shuffled = trials
            .map((one) => ({ one, draw: draws.next().value }))
            .sort((a, b) => a.draw - b.draw)
            .map(({ one }) => one);
          const planned = { scenariosPlanned: candidate(trials).scenariosPlanned, ...looking(first) };
          expect(verdictOf(shuffled, against, planned)).toEqual(verdictOf(trials, against, planned));
        },
      ),
    );
  });

  it('nothing passes without fresh, valid, comparable trials on both sides', () => {
    fc.assert(
      fc.property(
        runs,
        fc.option(baselines),
        fc.boolean(),
        firstLooks,
        (trials, against, replayed, first) => {
          const verdict = verdictOf(trials, against, { replayed, ...looking(first) });
          expect(verdict.reasons).not.toEqual([]);
          if (verdict.kind !== 'pass') return;
          expect(replayed).toBe(false);
          expect(verdict.candidate.n).toBeGreaterThan(0);
          expect(verdict.baseline?.n).toBeGreaterThan(0);
          expect(trials.filter((one) => one.outcome.kind === 'void').length).toBeLessThanOrEqual(
            trials.length * 0.05,
          );
          expect(verdict.evidence?.wants).toEqual([]);
        },
      ),
    );
    expect(verdictOf([], null).kind).toBe('cannot-measure');
    expect(verdictOf([], baseline([12], 12)).kind).toBe('cannot-measure');
  });

  it('a violation more is a fail, whatever was said before', () => {
    fc.assert(
      fc.property(runs, fc.option(baselines), fc.nat(), (trials, against, draw) => {
        const broken = trials.map((one, place) =>
          place === draw % trials.length ? { ...one, violations: FORBIDDEN } : one,
        );
        expect(verdictOf(broken, against).kind).toBe('fail');
      }),
    );
  });

  it('a failure more never lifts what all together show, and never clears a scenario that regressed', () => {
    fc.assert(
      fc.property(runs, baselines, firstLooks, fc.nat(), (trials, against, first, draw) => {
        const passed = trials.filter((one) => one.outcome.kind === 'passed');
        const victim = passed[draw % Math.max(1, passed.length)];
        const [before, after] = [trials, withOutcome(trials, victim, MISSED)].map((some) =>
          verdictOf(some, against, looking(first)),
        );
        const has = (verdict: Verdict | undefined, code: string) =>
          verdict?.reasons.some((reason) => reason.code === code);
        if (has(before, 'pass-rate-drop')) expect(has(after, 'pass-rate-drop')).toBe(true);
        const fresh = victim && victim.index >= (first ?? Number.POSITIVE_INFINITY);
        if (fresh && has(before, 'scenario-regressed')) expect(after?.kind).toBe('fail');
        // Holm asks more of each suspect where there is one more: that alone may clear another.
        if (before?.kind === 'fail' && (fresh || !has(before, 'scenario-regressed')))
          expect(after?.kind).not.toBe('pass');
      }),
      { numRuns: 200 },
    );
  });

  it('the same rates on more trials never turn a fail into a pass, and make a drop more certain', () => {
    const sides = fc
      .array(fc.record({ x: fc.integer({ min: 0, max: 3 }), y: fc.integer({ min: 0, max: 12 }) }), {
        minLength: 1,
        maxLength: 10,
      })
      .map((some) => ({ now: some.map(({ x }) => x), before: some.map(({ y }) => y) }));
    fc.assert(
      fc.property(sides, fc.integer({ min: 2, max: 4 }), ({ now, before }, factor) => {
        const scaled = (by: number) =>
          verdictOf(
            suite(
              now.map((x) => x * by),
              3 * by,
            ),
            baseline(
              before.map((y) => y * by),
              12 * by,
            ),
          );
        const [little, much] = [scaled(1), scaled(factor)];
        if (little.kind === 'fail') expect(much.kind).not.toBe('pass');
        const [p, still] = [little, much].map(({ evidence }) => evidence?.suite?.p ?? 1);
        if (p !== undefined && p <= 0.025) expect(still).toBeLessThanOrEqual(p);
      }),
      { numRuns: 100 },
    );
  });

  it('trials that were not asked for change nothing but for violations and voids', () => {
    fc.assert(
      fc.property(
        baselines,
        fc.array(fc.constantFrom(PASSED, MISSED), { maxLength: 20 }),
        (against, late) => {
          const scenarios = Object.keys(against.scenarios).length;
          const trials = suite(times(scenarios, 3), 3);
          const before = verdictOf(trials, against, { firstLook: 3 });
          fc.pre(before.kind === 'pass');
          const more = late.map((result, place) => trial('sdr/s0', 3 + place, result));
          const after = verdictOf([...trials, ...more], against, { firstLook: 3 });
          expect([after.kind, after.evidence?.suite]).toEqual([before.kind, before.evidence?.suite]);
        },
      ),
    );
  });

  it('to do as it asks comes to an end', () => {
    fc.assert(
      fc.property(runs, baselines, fc.infiniteStream(outcome), (trials, against, outcomes) => {
        let [all, rounds] = [trials, 0];
        for (;;) {
          const wants = verdictOf(all, against, looking(1)).evidence?.wants ?? [];
          if (wants.length === 0) break;
          expect(rounds++).toBeLessThan(20);
          all = [
            ...all,
            ...wants.flatMap(({ scenarioId, trials: count }) => {
              const from = all.filter((one) => one.scenarioId === scenarioId).length;
              return times(count, 0).map((_, place) =>
                trial(scenarioId, from + place, outcomes.next().value ?? PASSED),
              );
            }),
          ];
        }
      }),
      { numRuns: 50 },
    );
  });
});
