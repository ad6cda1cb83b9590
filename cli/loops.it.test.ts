import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentWork, agentWork, type Deed } from '../collector/testing/agent-work.ts';
import { startTestCollector, type TestCollector } from '../collector/testing/start-test-collector.ts';
import type { SpanDetail } from '../domain/span.ts';
import type { TraceLoops } from '../domain/trace-loops.ts';
import type { Trial } from '../domain/trial.ts';
import { defineScenario, readResults, scoreTrial } from '../harness/index.ts';
import { commandHere } from './command.ts';

let collector: TestCollector;
let results: string;
beforeAll(async () => {
  collector = await startTestCollector();
  results = mkdtempSync(join(tmpdir(), 'rehearse-loops-'));
});
afterAll(async () => {
  await collector?.close();
  rmSync(results, { recursive: true, force: true });
});

const at = BigInt(Date.now() - 60_000) * 1_000_000n;
const search: Deed = { tool: 'search', arguments: { q: 'lee' } };
const lookup: Deed = { tool: 'lookup', arguments: { id: 7 } };
const times = <T>(count: number, ...items: T[]): T[] => Array.from({ length: count }, () => items).flat();
const delegate = (found: unknown[]): Deed => ({
  agent: 'researcher',
  does: [{ ...search, result: found as string[] }],
});

type Line = { trace: { traceId: string }; findings: { kind: string; steps: number }[]; link: string };
const loopsOf = async (...options: string[]): Promise<Line[]> => {
  const { exit, out, error } = await commandHere([
    'loops',
    '--url',
    collector.url,
    '--format',
    'json',
    ...options,
  ]);
  if (exit !== 0) throw new Error(error);
  return out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
};
const column = async (): Promise<Map<string, TraceLoops>> => {
  const answer = await collector.client.api.traces.$get({ query: {} });
  const { traces } = await answer.json();
  return new Map(traces.map(({ traceId, loops }) => [traceId, loops as TraceLoops]));
};

describe('list, command and scorer', () => {
  const works: Record<string, [number, AgentWork]> = {
    'A-B-A-B': [0xa1, { trace: 0xa1, agent: 'alice', does: times(7, search, lookup), at }],
    'A-B-A-B with a new result': [
      0xa2,
      { trace: 0xa2, agent: 'alice', does: [search, lookup, search, { ...lookup, result: ['lee'] }], at },
    ],
    'a ping-pong': [0xa3, { trace: 0xa3, agent: 'boss', does: times(4, delegate([])), at }],
    'two delegations with new results': [
      0xa4,
      { trace: 0xa4, agent: 'boss', does: [delegate(['lee']), delegate(['kim'])], at },
    ],
  };
  let told: Line[];
  const trialOf = (trace: number) => trace.toString(16).padStart(24, '0');

  beforeAll(async () => {
    for (const [trace, work] of Object.values(works)) {
      const marks = { 'rehearse.trial.id': trialOf(trace) };
      await collector.sendSpans(agentWork({ ...work, marks }));
    }
    told = await loopsOf();
  });

  it.each([
    ['A-B-A-B', 'cycle', /cycle of search, lookup x7/],
    ['A-B-A-B with a new result', null, null],
    ['a ping-pong', 'ping-pong', /ping-pong of boss and researcher x4/],
    ['two delegations with new results', null, null],
  ])('agree on %s', async (name, kind, words) => {
    const [trace] = works[name] ?? [0];
    const traceId = trace.toString(16).padStart(32, '0');
    const listed = (await column()).get(traceId);
    expect(listed?.kind === 'looped' ? listed.by : listed?.kind).toBe(kind ?? 'none');
    const line = told.find(({ trace }) => trace.traceId === traceId);
    expect(line?.findings[0]?.kind ?? null).toBe(kind);
    const answer = await collector.client.api.trials[':trialId'].spans.$get({
      param: { trialId: trialOf(trace) },
      query: {},
    });
    const { spans } = (await answer.json()) as { spans: SpanDetail[] };
    const score = scoreTrial({ ...blankTrial, spans }, { services: [], fixtures: {} }).scores.find(
      ({ scorer }) => scorer === 'loops',
    );
    expect(score).toMatchObject({ kind: 'scored', pass: kind === null });
    if (words && score?.kind === 'scored') expect(score.findings[0]?.message).toMatch(words);
  });

  it('print a table for people', async () => {
    const { out, error } = await commandHere(['loops', '--url', collector.url, '--agent', 'alice']);
    const [head, , ...rows] = out.split('\n');
    expect(head).toMatch(/^start +agent +by +what looped +often +wasted +tokens +cost +trace$/);
    expect(rows.filter((row) => row !== '')).toEqual([
      expect.stringMatching(
        /^20\S+ +alice +cycle +search, lookup +x7 +24 ms +1,320 +\$0\.00025 +http\S+\/traces\/0+a1$/,
      ),
    ]);
    expect(error).toBe('1 of 2 traces looped\n');
  });

  it('keep to a window and to a length', async () => {
    expect(await loopsOf('--to', '2020-01-01')).toEqual([]);
    expect((await loopsOf('--min-steps', '13')).map(({ findings }) => findings[0]?.kind)).toEqual(['cycle']);
    const { exit, error } = await commandHere(['loops', '--min-steps', '1']);
    expect([exit, error]).toEqual([2, expect.stringContaining('expected a whole number from 2')]);
  });
});

describe('an agent that loops and one that does not', () => {
  it('are told apart alike by the trial, the list and the command', async () => {
    const rehearsed = async (model: string) => {
      const out = join(results, `${model.replace(/\W/g, '-')}.jsonl`);
      const scenario = ['--scenario', 'sdr/nobody-found', '--trials', '1'];
      await commandHere(['run', 'sdr', '--model', model, ...scenario, '--out', out], {
        REHEARSE_URL: collector.url,
      });
      const [trial] = (await readResults(out)).trials;
      if (!trial?.traceId) throw new Error('expected a trial with a trace');
      return trial as Trial & { traceId: string };
    };
    const good = await rehearsed('sim/sdr');
    const looping = await rehearsed('sim/sdr+loops');
    expect(looping.outcome).toMatchObject({ kind: 'failed', failure: 'looped' });
    expect(good.outcome).toMatchObject({ kind: 'passed' });
    const loops = await column();
    expect(loops.get(good.traceId)).toEqual({ kind: 'none' });
    expect(loops.get(looping.traceId)).toMatchObject({
      kind: 'looped',
      what: 'search_contacts',
      // She asks for the time beside the first search: which comes first is open where both start in one millisecond.
      often: expect.stringMatching(/^x(19|20)$/),
    });
    const told = await loopsOf('--agent', 'alice-react');
    expect(told.map((line) => line.trace.traceId)).toEqual([looping.traceId]);
  });
});

const blankTrial = {
  scenario: defineScenario({
    id: 'example/one',
    title: 'An example',
    world: { now: '2026-03-02T09:00:00Z', services: ['crm'] },
    start: { message: 'Go.' },
    expect: {},
  }),
  journal: [],
  calls: [],
  turns: [],
  ending: null,
  figures: {} as Trial['figures'],
};
