import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, type ContextManager, context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import OpenAI from 'openai';
import { afterAll, describe, expect, it } from 'vitest';
import type { TrialId } from '../../domain/ids.ts';
import { Run } from '../../domain/run.ts';
import type { Scenario, ScenarioInput } from '../../domain/scenario.ts';
import { Trial } from '../../domain/trial.ts';
import { nanoUsd } from '../../domain/units.ts';
import type { Agent } from '../drivers/agent.ts';
import { inProcess } from '../drivers/in-process.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import type { Pack } from '../pack.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { insert } from '../scenario/effects.ts';
import { exampleSpan } from '../scorers/example-record.ts';
import { scoreTrial } from '../scorers/score-trial.ts';
import { notes, post, twoNotes } from '../world/example-services.ts';
import { openDoor } from '../world/msw-door.ts';
import { memorySpans } from './memory-spans.ts';
import { type RunTrialsOptions, runTrials } from './run-trials.ts';

const door = openDoor({ passthrough: [] });
afterAll(() => door.close());

/** Stands in for the context manager that the OpenTelemetry SDK of an agent registers. */
const storage = new AsyncLocalStorage<Context>();
const contexts: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (active, run, self, ...args) => storage.run(active, () => run.call(self as never, ...args)),
  bind: (_, target) => target,
  enable: () => contexts,
  disable: () => contexts,
};
context.setGlobalContextManager(contexts);
afterAll(() => context.disable());

/** Asks for as many notes as it draws, then sends a letter. */
const clerk: SimulatedModel = {
  name: 'sim/clerk',
  move({ messages }, random) {
    const asked = messages.filter((message) => message.role === 'assistant').length;
    if (messages[0]?.content === 'break the model') throw new Error('no policy for this');
    if (messages[0]?.content === 'never end' || random() < 0.6 || asked === 0) {
      return { calls: [{ tool: 'write', arguments: { lot: random() } }] };
    }
    return { text: `Wrote ${asked} notes.` };
  },
};

const worker = inProcess({
  name: 'worker',
  version: '1',
  async run({ message, conversationId }, environment, signal) {
    if (message === 'throw') throw new TypeError('no such tool');
    if (message === 'hang') await new Promise(() => undefined);
    if (message === 'answer wrongly') return { said: 'a text' };
    const openai = new OpenAI({ baseURL: environment.OPENAI_BASE_URL, apiKey: 'simulated' });
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: message }];
    for (;;) {
      const answer = await openai.chat.completions.create({ model: 'sim/clerk', messages }, { signal });
      const reply = answer.choices[0]?.message;
      if (!reply?.tool_calls) break;
      messages.push(reply);
      for (const call of reply.tool_calls) {
        if (!('function' in call)) continue;
        const init = { method: 'POST', body: call.function.arguments, signal };
        const response = await fetch(`${environment.NOTES_URL}/items`, init);
        messages.push({ role: 'tool', tool_call_id: call.id, content: await response.text() });
      }
    }
    const letter = { method: 'POST', body: JSON.stringify({ to: conversationId.length }), signal };
    await fetch(`${environment.POST_URL}/letters`, letter);
    return { said: ['Done.'], finished: true };
  },
  async flush() {},
});

function scenario(name: string, change: Partial<ScenarioInput> = {}): Scenario {
  return defineScenario({
    id: `desk/${name.replaceAll(' ', '-')}`,
    title: name,
    world: { now: '2026-03-02T09:00:00Z', services: ['notes', 'post'], fixtures: ['two'] },
    start: { message: name },
    expect: { effects: [insert('post.outbox', { to: 24 })], allow: ['notes.*'] },
    ...change,
  });
}

const pack: Pack = {
  name: 'desk',
  scenarios: [],
  services: [notes, post],
  fixtures: { two: twoNotes },
  models: [clerk],
};

function runOf(id: string, seed = 'seven'): Run {
  return Run.parse({
    id,
    pack: 'desk',
    agent: 'worker',
    agentVersion: '1',
    model: 'sim/clerk',
    simulated: true,
    replayed: false,
    seed,
    commit: null,
    trialsPlanned: 0,
    start: 0,
    end: null,
    verdict: null,
  });
}

async function play(scenarios: readonly Scenario[], change: Partial<RunTrialsOptions> = {}) {
  const trials: Trial[] = [];
  const tally = await runTrials({
    pack,
    scenarios,
    agent: worker,
    model: clerk,
    run: runOf('run-1'),
    trialsPerScenario: 1,
    concurrency: 4,
    door,
    spans: null,
    signal: new AbortController().signal,
    onTrial: (trial) => void trials.push(trial),
    ...change,
  });
  return { trials: trials.sort((a, b) => (a.id < b.id ? -1 : 1)), tally };
}

const one = async (
  name: string,
  change: Partial<ScenarioInput> = {},
  options: Partial<RunTrialsOptions> = {},
) => (await play([scenario(name, change)], options)).trials[0]?.outcome;

describe('runTrials', () => {
  it('gives every trial origins of its own, so that no connection leads into the world of another', async () => {
    const origins: string[] = [];
    const agent: Agent = {
      ...worker,
      async run(_, { NOTES_URL = '', OPENAI_BASE_URL = '' }) {
        origins.push(new URL(NOTES_URL).origin, new URL(OPENAI_BASE_URL).origin);
        return { said: [], finished: true };
      },
    };
    await play([scenario('a'), scenario('b')], { agent, trialsPerScenario: 3 });
    expect(new Set(origins).size).toBe(2 * 3 * 2);
  });

  it('gives the same journals whatever the concurrency, run id and time', async () => {
    const scenarios = ['a', 'b', 'c'].map((name) => scenario(name));
    const facts = async (run: Run, concurrency: number) => {
      const { trials } = await play(scenarios, { run, concurrency, trialsPerScenario: 6 });
      return trials
        .map(({ scenario: { id }, index, journal, calls, figures, outcome }) => ({
          id,
          index,
          journal,
          calls,
          virtual: figures.virtualDuration,
          outcome,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1) || a.index - b.index);
    };
    const order = (list: Awaited<ReturnType<typeof facts>>) =>
      list.sort((a, b) => (`${a.id}/${a.index}` < `${b.id}/${b.index}` ? -1 : 1));
    const [first, again, alone] = await Promise.all([
      facts(runOf('run-1'), 8),
      facts(runOf('run-2'), 8),
      facts(runOf('run-3'), 1),
    ]).then((all) => all.map(order));
    expect(first).toHaveLength(18);
    expect(again).toEqual(first);
    expect(alone).toEqual(first);
    const lengths = new Set(first?.map(({ journal }) => journal.length));
    expect(lengths.size).toBeGreaterThan(1);
    expect(order(await facts(runOf('run-1', 'eight'), 8))).not.toEqual(first);
  });

  it('gives trials ids that hold for a run, and skips those that are done', async () => {
    const scenarios = [scenario('a'), scenario('b')];
    const { trials } = await play(scenarios, { trialsPerScenario: 2 });
    expect(new Set(trials.map(({ id }) => id)).size).toBe(4);
    const done = new Set<TrialId>(trials.slice(0, 3).map(({ id }) => id));
    const rest = await play(scenarios, { trialsPerScenario: 2, done });
    expect(rest.trials.map(({ id }) => id)).toEqual(trials.slice(3).map(({ id }) => id));
    expect(rest.tally).toEqual({ passed: 1, failed: 0, voided: 0, skipped: 3 });
  });

  it('tells how a trial ended', async () => {
    expect(await one('work')).toEqual({ kind: 'passed' });
    const free = { expect: { allow: ['notes.*', 'post.*'] } };
    expect(await one('throw', free)).toMatchObject({
      failure: 'crashed',
      explanation: 'crashed: TypeError: no such tool',
    });
    expect(await one('answer wrongly', free)).toMatchObject({ failure: 'crashed' });
    expect(await one('hang', { ...free, limits: { wallSeconds: 0.01 } })).toMatchObject({
      failure: 'cut-off',
    });
    expect(await one('never end', { ...free, limits: { modelCalls: 3 } })).toMatchObject({
      failure: 'cut-off',
      explanation: 'was cut off: the limit of 3 model calls was reached',
    });
    expect(await one('never end', { limits: { modelCalls: 3 } })).toMatchObject({ failure: 'missed' });
  });

  it.each([
    ['toolCalls', { toolCalls: 2 }, 'the limit of 2 tool calls was reached'],
    ['tokens', { tokens: 100 }, /^the limit of 100 tokens was reached \(\d\d\d used\)$/],
    ['usd', { usd: 0.001 }, /^the limit of \$0\.0010 was reached \(\$0\.00\d\d spent\)$/],
    [
      'virtualSeconds',
      { virtualSeconds: 5 },
      /^the limit of 5 s on the world's clock was reached \([5-9].*passed/,
    ],
  ])('cuts a trial short at its limit of %s, and lets its world stand still', async (_, limits, why) => {
    let after: Promise<number> | undefined;
    const agent: Agent = {
      ...worker,
      async run(request, environment, signal) {
        const late = () => fetch(`${environment.NOTES_URL}/items`, { method: 'POST', body: '{}' });
        signal.addEventListener('abort', () => {
          after = late().then(({ status }) => status);
        });
        return worker.run(request, environment, signal);
      },
    };
    const free = { expect: { allow: ['notes.*'] }, limits: { ...limits, modelCalls: 1000 } };
    const priceOf = () => nanoUsd(300_000);
    const { trials } = await play([scenario('never end', free)], { agent, priceOf });
    const ending = trials[0]?.ending;
    expect(ending).toEqual({ kind: 'cut-off', explanation: expect.stringMatching(why) });
    expect(trials[0]?.outcome).toMatchObject({ kind: 'failed', failure: 'cut-off' });
    expect(trials[0]?.calls.every(({ status }) => status === 201)).toBe(true);
    expect(await after).toBe(429);
  });

  it('keeps what an agent says that ends when it is cut short', async () => {
    const agent: Agent = {
      ...worker,
      run: (_, __, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ said: ['I was stopped.'], finished: true }));
        }),
    };
    const { trials } = await play([scenario('work', { limits: { wallSeconds: 0.01 } })], { agent });
    expect(trials[0]).toMatchObject({
      ending: { kind: 'cut-off', explanation: 'the wall limit of 0.01 s was reached' },
      turns: [{ from: 'user' }, { from: 'agent', text: 'I was stopped.' }],
    });
  });

  it('keeps nothing of an agent that says more than anybody reads', async () => {
    const agent: Agent = {
      ...worker,
      run: async () => ({ said: ['x'.repeat(999_999), 'yz'], finished: true }),
    };
    const { trials } = await play([scenario('work')], { agent });
    expect(trials[0]).toMatchObject({
      ending: {
        kind: 'cut-off',
        explanation: 'the limit of 1,000,000 characters said was reached (1,000,001 said)',
      },
      turns: [{ from: 'user' }],
    });
  });

  it('runs a void again with its seed, twice at most, and tells how often', async () => {
    const seeds: string[] = [];
    let broken = 2;
    const spans = {
      async spansOf() {
        broken -= 1;
        if (broken >= 0) throw new Error('connection refused');
        return { spans: [], complete: false };
      },
    };
    const agent: Agent = {
      ...worker,
      run: (request, environment, signal) => {
        seeds.push(propagation.getBaggage(context.active())?.getEntry('rehearse.seed')?.value ?? '');
        return worker.run(request, environment, signal);
      },
    };
    const { trials, tally } = await play([scenario('work')], { agent, spans });
    expect(trials).toMatchObject([{ attempts: 3, outcome: { kind: 'passed' } }]);
    expect([seeds.length, new Set(seeds).size]).toEqual([3, 1]);
    expect(tally).toEqual({ passed: 1, failed: 0, voided: 0, skipped: 0 });
    broken = 10;
    const { trials: void3 } = await play([scenario('work')], { spans });
    expect(void3).toMatchObject([{ attempts: 3, outcome: { kind: 'void' } }]);
    expect(broken).toBe(7);
  });

  it('voids a trial whose world, model or span source broke', async () => {
    expect(await one('break the model')).toMatchObject({ kind: 'void', cause: 'infrastructure' });
    const spans = { spansOf: () => Promise.reject(new Error('connection refused')) };
    expect(await one('work', {}, { spans })).toMatchObject({
      kind: 'void',
      explanation: 'the spans of the trial could not be had: Error: connection refused',
    });
    const post503 = {
      ...post,
      operations: post.operations.map((operation) => ({ ...operation, handle: broken })),
    };
    expect(await one('work', {}, { pack: { ...pack, services: [notes, post503] } })).toMatchObject({
      kind: 'void',
    });
  });

  it('gives trials that can be judged again from what is stored of them', async () => {
    const scenarios = [
      scenario('work'),
      scenario('throw', { expect: {} }),
      scenario('never end', { expect: { allow: ['notes.*'] }, limits: { modelCalls: 3 } }),
    ];
    const { trials } = await play(scenarios);
    expect(new Set(trials.map(({ ending }) => ending?.kind))).toEqual(
      new Set(['finished', 'crashed', 'cut-off']),
    );
    for (const trial of trials) {
      const stored = Trial.parse(JSON.parse(JSON.stringify(trial)));
      const { scores, outcome } = scoreTrial({ ...stored, spans: null }, pack);
      expect({ scores, outcome }).toEqual({ scores: trial.scores, outcome: trial.outcome });
    }
  });

  it.each([
    ['an object without a prototype', Object.create(null), '[Object: null prototype] {}'],
    ['an object', { code: 7 }, '{ code: 7 }'],
    ['nothing', undefined, 'undefined'],
    ['a text', 'no such key', 'no such key'],
  ])('says what an agent threw that threw %s, and goes on beside it', async (_, thrown, said) => {
    const agent: Agent = {
      ...worker,
      run: (request, ...rest) => {
        if (request.message === 'throw') throw thrown;
        return worker.run(request, ...rest);
      },
    };
    const { trials } = await play([scenario('throw', { expect: {} }), scenario('work')], { agent });
    const outcomes = trials.map(({ scenario: { id }, outcome }) => [id, outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({
      'desk/throw': { kind: 'failed', failure: 'crashed', explanation: `crashed: ${said}` },
      'desk/work': { kind: 'passed' },
    });
  });

  it('goes on where an agent neither ends nor heeds its signal, and keeps what it had done', async () => {
    const agent: Agent = {
      ...worker,
      async run(request, environment, signal) {
        if (request.message !== 'deaf') return worker.run(request, environment, signal);
        for (;;) await fetch(`${environment.NOTES_URL}/items`, { method: 'POST', body: '{}' });
      },
    };
    const deaf = scenario('deaf', { limits: { wallSeconds: 0.05 }, expect: { allow: ['notes.*'] } });
    const { trials, tally } = await play([deaf, scenario('a'), scenario('b')], { agent, concurrency: 2 });
    expect(tally).toEqual({ passed: 2, failed: 1, voided: 0, skipped: 0 });
    const stopped = trials.find(({ scenario: { id } }) => id === 'desk/deaf');
    expect(stopped?.outcome).toEqual({
      kind: 'failed',
      failure: 'cut-off',
      explanation: 'was cut off: the wall limit of 0.05 s was reached',
    });
    const written = stopped?.journal.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped?.journal.length).toBe(written);
  });

  it('voids a trial whose spans its agent never sends out', async () => {
    const agent: Agent = { ...worker, flush: () => new Promise(() => undefined) };
    const options = { agent, spans: memorySpans([]), flushMillis: 5 };
    expect(await one('work', {}, options)).toMatchObject({
      kind: 'void',
      explanation: expect.stringContaining('worker did not send them out within 0.005 s'),
    });
    const stop = new AbortController();
    const waiting = play([scenario('work')], { ...options, flushMillis: 1e6, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped by hand')), 50);
    await expect(waiting).rejects.toThrow('stopped by hand');
  });

  it('does not take a part of a trace for the whole', async () => {
    const [known] = (await play([scenario('work')])).trials;
    const trialId = known?.id ?? null;
    const part = [exampleSpan(2, { kind: 'llm', parent: 1, trialId, cost: nanoUsd(30) })];
    const [trial] = (await play([scenario('work')], { spans: memorySpans(part) })).trials;
    expect(trial).toMatchObject({ traceId: 'a'.repeat(32), traceComplete: false });
    expect(trial?.figures).toMatchObject({ modelCalls: known?.figures.modelCalls, cost: null });
  });

  it('leaves out the spans of an attempt that was killed', async () => {
    const [known] = (await play([scenario('work')])).trials;
    const trialId = known?.id ?? null;
    const attributes = { 'rehearse.attempt.id': '1-7' };
    const list = [
      exampleSpan(1, { kind: 'agent', trialId, attributes }),
      exampleSpan(2, { kind: 'llm', parent: 1, trialId, attributes }),
      exampleSpan(3, { kind: 'agent', trialId }),
      exampleSpan(4, { kind: 'llm', parent: 3, trialId }),
    ];
    const [trial] = (await play([scenario('work')], { spans: memorySpans(list) })).trials;
    expect(trial).toMatchObject({ traceComplete: true, figures: { modelCalls: 1 } });
    const [cut] = (await play([scenario('work')], { spans: memorySpans(list.slice(0, 2)) })).trials;
    expect(cut).toMatchObject({ traceComplete: false, traceId: null });
  });

  it('takes figures and the trace from the spans where it has some', async () => {
    const { trials } = await play([scenario('work')]);
    const trialId = trials[0]?.id ?? null;
    const usage = { input: 5, cacheRead: null, cacheWrite: null, output: 2, reasoning: null };
    const list = [
      exampleSpan(1, { kind: 'agent', trialId }),
      exampleSpan(2, { kind: 'llm', parent: 1, trialId, usage, cost: nanoUsd(30) }),
      exampleSpan(3, { kind: 'llm', parent: 1, trialId, usage }),
      exampleSpan(4, { kind: 'llm' }),
    ];
    const [seen] = (await play([scenario('work')], { spans: memorySpans(list) })).trials;
    expect(seen).toMatchObject({
      traceId: 'a'.repeat(32),
      traceComplete: true,
      figures: { modelCalls: 2, toolCalls: 0, usage: { input: 10, output: 4, cacheRead: null }, cost: 30 },
    });
    expect(trials[0]).toMatchObject({ traceId: null, traceComplete: false, figures: { cost: null } });
    expect(trials[0]?.figures.modelCalls).toBeGreaterThan(0);
  });

  it('sets the ids of the trial as baggage, each in its own trial', async () => {
    const seen: unknown[] = [];
    const agent: Agent = {
      ...worker,
      async run() {
        await new Promise((resolve) => setImmediate(resolve));
        const baggage = propagation.getBaggage(context.active());
        seen.push(Object.fromEntries(baggage?.getAllEntries().map(([key, { value }]) => [key, value]) ?? []));
        return { said: [], finished: true };
      },
    };
    const { trials } = await play([scenario('a'), scenario('b')], { agent });
    expect(seen).toHaveLength(2);
    for (const trial of trials) {
      expect(seen).toContainEqual({
        'rehearse.run.id': 'run-1',
        'rehearse.trial.id': trial.id,
        'rehearse.scenario.id': trial.scenario.id,
        'rehearse.seed': trial.seed,
        'rehearse.attempt.id': expect.stringMatching(/^1-\d+$/),
      });
    }
  });

  it('ends before the first trial where a scenario names what the pack has not', async () => {
    const lost = scenario('lost', { world: { now: '2026-03-02T09:00:00Z', services: ['fax'] } });
    const onTrial = () => expect.unreachable();
    await expect(play([scenario('a'), lost], { onTrial })).rejects.toMatchObject({ code: 'FIXTURE_UNKNOWN' });
  });

  it('stops at the signal and when a trial cannot be kept', async () => {
    const stop = new AbortController();
    const hanging = play([scenario('hang')], { signal: stop.signal });
    stop.abort(new Error('stopped by hand'));
    await expect(hanging).rejects.toThrow('stopped by hand');
    let kept = 0;
    const onTrial = () => {
      kept += 1;
      throw new Error('disk full');
    };
    const many = Array.from({ length: 20 }, (_, index) => scenario(`s${index}`));
    await expect(play(many, { onTrial, concurrency: 2 })).rejects.toThrow('disk full');
    expect(kept).toBeLessThan(4);
  });
});

function broken(): never {
  throw new Error('no such table');
}
