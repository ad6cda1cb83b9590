import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunId, TrialId } from '../../domain/ids.ts';
import { Run } from '../../domain/run.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros, nanoUsd } from '../../domain/units.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { exampleRecord } from '../scorers/example-record.ts';
import { openBudget } from './run-budget.ts';
import { type Lane, type RunLanesOptions, runLanes } from './run-lanes.ts';
import { adaptiveThrottle, fixedThrottle } from './throttle.ts';
import { planTrials, type TrialPlan } from './trial-plan.ts';

const runOf = (id: string) =>
  Run.parse({
    id,
    pack: 'desk',
    agent: id,
    agentVersion: '1',
    model: 'none',
    simulated: true,
    replayed: false,
    seed: 'seven',
    commit: null,
    trialsPlanned: 0,
    start: 0,
    end: null,
    verdict: null,
  });

const scenarios = ['a', 'b', 'c'].map((name) =>
  defineScenario({
    id: `desk/${name}`,
    title: name,
    world: { now: '2026-03-02T09:00:00Z', services: ['notes'] },
    start: { message: name },
    expect: {},
  }),
);

function trialOf(plan: TrialPlan, parts: { cost?: number | null; outcome?: Trial['outcome'] } = {}): Trial {
  const { figures } = exampleRecord();
  const { cost = null, outcome = { kind: 'passed' } } = parts;
  return {
    ...{ id: plan.id, runId: plan.runId, scenario: plan.scenario, digest: 'd', index: plan.index },
    ...{ seed: plan.seed, attempts: plan.attempt, start: micros(0), outcome, scores: [], journal: [] },
    ...{
      calls: [],
      turns: [],
      ending: { kind: 'finished' },
      traceId: null,
      traceComplete: false,
      replayed: false,
    },
    figures: { ...figures, cost: cost === null ? null : nanoUsd(cost) },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const laneOf = (id: string, change: Partial<Lane> = {}): Lane => ({
  run: runOf(id),
  done: new Set<TrialId>(),
  dearest: null,
  throttle: fixedThrottle(4),
  play: async (plan) => trialOf(plan),
  ...change,
});

async function run(lanes: readonly Lane[], change: Partial<RunLanesOptions> = {}) {
  const trials: Trial[] = [];
  const end = await runLanes({
    lanes,
    scenarios,
    trialsPerScenario: 3,
    budget: null,
    until: null,
    clock: () => micros(0),
    signal: new AbortController().signal,
    onTrial: (trial) => void trials.push(trial),
    ...change,
  });
  return { trials, end, names: trials.map(({ runId, index }) => `${runId} ${index}`) };
}

describe('the plan of runs that take turns', () => {
  it('has each trial once, the runs side by side and none always first, ports and seeds apart', () => {
    const count = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(count, count, (runs, trials) => {
        const ids = Array.from({ length: runs }, (_, place) => runOf(`run-${place}`));
        const plans = [...planTrials(ids, scenarios, trials)];
        expect(new Set(plans.map(({ id }) => id)).size).toBe(runs * 3 * trials);
        expect(new Set(plans.map(({ port }) => port)).size).toBe(plans.length);
        const first = new Map<RunId, number>();
        for (let at = 0; at < plans.length; at += runs) {
          const together = plans.slice(at, at + runs);
          expect(new Set(together.map(({ seed }) => seed)).size).toBe(1);
          expect(new Set(together.map(({ runId }) => runId)).size).toBe(runs);
          const leader = together[0]?.runId ?? runOf('none').id;
          first.set(leader, (first.get(leader) ?? 0) + 1);
        }
        if (trials * 3 >= runs * 2) {
          const counts = ids.map(({ id }) => first.get(id) ?? 0);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
        }
      }),
    );
  });
});

describe('the plan of some trials more', () => {
  it('is that of all trials, without those that are not asked for', () => {
    const counts = new Map(scenarios.slice(1).map(({ id }, place) => [id, place + 1]));
    const plans = [...planTrials([runOf('one')], scenarios, counts)];
    expect(plans.map(({ scenario, index }) => [scenario.id, index])).toEqual([
      [scenarios[1]?.id, 0],
      [scenarios[2]?.id, 0],
      [scenarios[2]?.id, 1],
    ]);
    const all = [...planTrials([runOf('one')], scenarios, 2)].map(({ id, seed }) => `${id} ${seed}`);
    expect(plans.filter(({ id, seed }) => !all.includes(`${id} ${seed}`))).toEqual([]);
  });
});

describe('runLanes', () => {
  it('starts trials in the order of the plan, as many at a time as the throttle says', async () => {
    const started: TrialId[] = [];
    let now = 0;
    let most = 0;
    const throttle = fixedThrottle(2);
    const lanes = ['one', 'two'].map((id) =>
      laneOf(id, {
        throttle,
        async play(plan) {
          now += 1;
          most = Math.max(most, now);
          for (let wait = 0; wait < plan.index + 1; wait++) await turn();
          now -= 1;
          return trialOf(plan);
        },
      }),
    );
    const { end } = await run(lanes, { onStart: ({ id }) => void started.push(id) });
    const plans = [...planTrials([runOf('one'), runOf('two')], scenarios, 3)];
    expect(started).toEqual(plans.map(({ id }) => id));
    expect(most).toBe(2);
    const all = { passed: 9, failed: 0, voided: 0, skipped: 0 };
    expect([...end.tallies]).toEqual([
      ['one', all],
      ['two', all],
    ]);
    expect(end.stopped).toBeNull();
  });

  it('does not let a lane run ahead of one whose provider is slow', async () => {
    let waiting = Promise.withResolvers<void>();
    const slow = laneOf('slow', {
      throttle: fixedThrottle(1),
      play: async (plan) => {
        await waiting.promise;
        return trialOf(plan);
      },
    });
    const quick: TrialPlan[] = [];
    const fast = laneOf('fast', {
      play: async (plan) => {
        quick.push(plan);
        return trialOf(plan);
      },
    });
    const running = run([slow, fast]);
    for (let wait = 0; wait < 50; wait++) await turn();
    expect(quick.length).toBeLessThanOrEqual(3);
    waiting.resolve();
    waiting = Promise.withResolvers();
    waiting.resolve();
    await running;
    expect(quick).toHaveLength(9);
  });

  it('never spends more than the budget where trials keep to their estimates, and tells what was left out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        async (limit, width) => {
          const lane = laneOf('one', {
            throttle: fixedThrottle(width),
            play: async (plan) => {
              await turn();
              return trialOf(plan, { cost: 3 });
            },
          });
          const { trials, end } = await run([lane], { budget: openBudget(nanoUsd(limit), nanoUsd(0)) });
          // The first runs with an unknown price, the others cost as much as it.
          const affordable = Math.min(9, limit === 0 ? 0 : Math.max(1, Math.floor(limit / 3)));
          expect(trials).toHaveLength(affordable);
          const notStarted = 9 - affordable;
          expect(end.stopped).toEqual(
            notStarted === 0 ? null : { why: 'budget', notStarted, spent: affordable * 3 },
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps to the limit of the scenario from the first trial on, and takes an unknown cost for what was put by', async () => {
    const dear = scenarios.map((scenario) => ({ ...scenario, limits: { ...scenario.limits, usd: 4e-9 } }));
    const budget = openBudget(nanoUsd(10), nanoUsd(0));
    const cheap = await run([laneOf('one', { play: async (plan) => trialOf(plan, { cost: 1 }) })], {
      scenarios: dear,
      budget,
    });
    expect(cheap.end.stopped).toEqual({ why: 'budget', notStarted: 2, spent: 7 });
    const unknown = await run([laneOf('one')], { scenarios: dear, budget });
    expect(unknown.end.stopped).toEqual({ why: 'budget', notStarted: 7, spent: 8 });
  });

  it('pays for every attempt of a void', async () => {
    const cause = { kind: 'void', cause: 'infrastructure', explanation: 'gone' } as const;
    const play = async (plan: TrialPlan) =>
      trialOf(plan, { cost: 2, outcome: plan.attempt === 3 ? { kind: 'passed' } : cause });
    const { trials, end } = await run([laneOf('one', { play })], {
      trialsPerScenario: 1,
      budget: openBudget(nanoUsd(13), nanoUsd(0)),
    });
    expect(trials.map(({ attempts }) => attempts)).toEqual([3, 3]);
    expect(end.stopped).toEqual({ why: 'budget', notStarted: 1, spent: 12 });
  });

  it('does not run a trial again whose scorer broke', async () => {
    const outcome = { kind: 'void', cause: 'scorer', explanation: 'threw' } as const;
    const { trials } = await run([laneOf('one', { play: async (plan) => trialOf(plan, { outcome }) })]);
    expect(trials.map(({ attempts }) => attempts)).toEqual(Array(9).fill(1));
  });

  it('starts no trial after its time, and ends those in flight', async () => {
    let now = 0;
    const play = async (plan: TrialPlan) => {
      now += 10;
      await turn();
      return trialOf(plan);
    };
    const lane = laneOf('one', { play, throttle: fixedThrottle(2) });
    const { trials, end } = await run([lane], { until: micros(40), clock: () => micros(now) });
    expect(end.stopped).toEqual({ why: 'time', notStarted: 9 - trials.length, spent: null });
    expect(trials.length).toBeGreaterThanOrEqual(4);
    expect(trials.length).toBeLessThan(7);
  });

  it('skips what is done, and rejects with what goes wrong', async () => {
    const [, done] = [...planTrials([runOf('one')], scenarios, 3)];
    const { trials, end } = await run([laneOf('one', { done: new Set(done ? [done.id] : []) })]);
    expect(trials).toHaveLength(8);
    expect(end.tallies.get(runOf('one').id)).toMatchObject({ passed: 8, skipped: 1 });
    const play = () => Promise.reject(new Error('no such pack'));
    await expect(run([laneOf('one', { play })])).rejects.toThrow('no such pack');
    const stop = new AbortController();
    const hangs = run([laneOf('one', { play: () => new Promise(() => undefined) })], { signal: stop.signal });
    await turn();
    stop.abort(new Error('stopped by hand'));
    await expect(hangs).rejects.toThrow('stopped by hand');
  });
});

describe('the throttle of a provider', () => {
  it('starts fewer trials once calls are refused, and none while it is to wait', async () => {
    let now = 0;
    const throttle = adaptiveThrottle(100, () => now);
    expect(throttle.queue.concurrency).toBe(20);
    throttle.tell({ kind: 'refused', retryAfter: 60_000 });
    expect(throttle.queue.concurrency).toBe(16);
    expect(throttle.queue.isPaused).toBe(true);
    throttle.close();
    expect(throttle.queue.isPaused).toBe(false);
    now = 60_000;
    for (let call = 0; call < 40; call++) throttle.tell({ kind: 'answered' });
    expect(throttle.queue.concurrency).toBe(17);
  });

  it('hears what the calls of its lanes come to', async () => {
    const throttle = adaptiveThrottle(10, () => 0);
    const play: Lane['play'] = async (plan, _, tell) => {
      tell({ kind: 'refused', retryAfter: 0 });
      return trialOf(plan);
    };
    await run([laneOf('one', { throttle, play })]);
    expect(throttle.queue.concurrency).toBe(8);
  });
});
