import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectLoops } from '../../domain/detect-loops.ts';
import { TraceId } from '../../domain/ids.ts';
import type { LoopReport } from '../../domain/loop.ts';
import { workOfSpans } from '../../domain/loop-steps.ts';
import type { TraceLoops } from '../../domain/trace-loops.ts';
import { micros as toMicros } from '../../domain/units.ts';
import { judgeHours } from '../housekeeping/judge-hours.ts';
import { rebuildHours } from '../housekeeping/rebuild-hours.ts';
import { NO_TRACE_FILTER } from '../no-trace-filter.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { loopStates } from '../queries/loop-states.ts';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import { storeReads } from '../store-reads.ts';
import { type AgentWork, agentWork, type Deed } from '../testing/agent-work.ts';
import { capturesPresent, readCaptures } from '../testing/captures.ts';
import { NOON } from '../testing/example-span.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';
import { readWork } from './read-work.ts';

let directory: string;
let server: EmbeddedClickHouse;
let store: Store;
let collector: TestCollector;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-loops-'));
  server = await startEmbeddedClickHouse({ directory, onCrash: () => {} });
  const url = `${server.url}/rehearse`;
  collector = await startTestCollector({ clickhouseUrl: url });
  store = await openDatabase(url);
});
afterAll(async () => {
  await store?.close();
  await collector?.close();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
});

const search: Deed = { tool: 'search', arguments: { q: 'lee' } };
const lookup: Deed = { tool: 'lookup', arguments: { id: 7 }, result: { error: 'none' } };
const times = <T>(count: number, ...items: T[]): T[] => Array.from({ length: count }, () => items).flat();
const idOf = (trace: number) => TraceId.parse(trace.toString(16).padStart(32, '0'));
const send = (...works: AgentWork[]) =>
  collector.sendSpans(works.flatMap((work): OtlpSpan[] => agentWork(work)));
const window = { from: String(NOON / 1000n - 1n), to: String(NOON / 1000n + 3_600_000_000n) };

async function listed(query: Record<string, string> = {}): Promise<Map<string, TraceLoops>> {
  const answer = await collector.client.api.traces.$get({ query: { ...window, limit: '500', ...query } });
  expect(answer.status).toBe(200);
  const { traces } = await answer.json();
  return new Map(traces.map(({ traceId, loops }) => [traceId, loops as TraceLoops]));
}

async function reportOf(trace: number): Promise<LoopReport | null> {
  const answer = await collector.client.api.traces[':traceId'].loops.$get({
    param: { traceId: idOf(trace) },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()).report as LoopReport | null;
}

const works = {
  cycle: { trace: 1, agent: 'alice', does: times(7, search, lookup) },
  short: { trace: 2, agent: 'alice', does: times(2, search, lookup) },
  polls: { trace: 3, agent: 'alice', does: [...times(3, search), { ...search, result: ['lee'] }] },
  pingPong: {
    trace: 4,
    agent: 'boss',
    does: [1, 2, 3, 4].map((round) => ({
      agent: 'researcher',
      does: [search, { says: `nothing, ${round}` }],
    })),
  },
  delegates: {
    trace: 5,
    agent: 'boss',
    does: [1, 2, 3, 4].map((round) => ({ agent: 'researcher', does: [{ ...search, result: [round] }] })),
  },
  talk: {
    trace: 6,
    agent: 'boss',
    does: times(3, { agent: 'worker', says: 'You do it.', does: [{ says: 'No, you.' }] }),
  },
  limit: { trace: 7, agent: 'alice', does: [search, lookup], failsWith: 'GraphRecursionError' },
  silent: { trace: 8, agent: 'alice', does: times(7, search), silent: true },
  fails: { trace: 9, agent: 'alice', does: times(6, { tool: 'send', error: '503' }) },
  once: { trace: 10, agent: 'alice', does: [search, lookup], silent: true },
} as const satisfies Record<string, AgentWork>;

const expected: Record<keyof typeof works, Partial<TraceLoops>> = {
  cycle: { kind: 'looped', by: 'cycle', what: 'search, lookup', often: 'x7' },
  short: { kind: 'looped', by: 'cycle', what: 'search, lookup', often: 'x2' },
  polls: { kind: 'none' },
  pingPong: { kind: 'looped', by: 'ping-pong', what: 'boss and researcher', often: 'x4' },
  delegates: { kind: 'none' },
  talk: { kind: 'looped', by: 'ping-pong', what: 'boss and worker', often: 'x3' },
  limit: { kind: 'looped', by: 'limit', what: 'GraphRecursionError' },
  silent: { kind: 'unknown', reason: 'not captured' },
  fails: { kind: 'looped', by: 'cycle', what: 'send', often: 'x6' },
  once: { kind: 'none' },
};

describe('the loops of stored traces', () => {
  beforeAll(() => send(...Object.values(works)));

  it.each(Object.entries(works) as [keyof typeof works, AgentWork][])(
    'are told of %s',
    async (name, work) => {
      expect((await listed()).get(idOf(work.trace))).toMatchObject(expected[name]);
    },
  );

  it('tell what was wasted, and the span that began it', async () => {
    // Of 14 calls the first two were new; each of the other twelve took a model call of 110 tokens.
    const loops = (await listed()).get(idOf(1));
    expect(loops).toMatchObject({
      spanId: agentWork(works.cycle)[6]?.spanId,
      wasted: { duration: 24_000, tokens: 12 * 110, cost: 12 * 21_000 },
    });
    const report = await reportOf(1);
    expect(report).toMatchObject({
      calls: 14,
      idle: 12,
      longest: 12,
      repeated: { tool: 'search', count: 7 },
    });
    expect(report?.findings.map(({ kind }) => kind)).toEqual(['cycle', 'stretch']);
  });

  it('can be asked for', async () => {
    const looped = Object.entries(expected).flatMap(([name, { kind }]) =>
      kind === 'looped' ? [idOf(works[name as keyof typeof works].trace)] : [],
    );
    expect([...(await listed({ loops: 'yes' })).keys()].toSorted()).toEqual(looped.toSorted());
    expect([...(await listed({ loops: 'yes', agent: 'worker' })).keys()]).toEqual([idOf(6)]);
  });

  it('come in pages', async () => {
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const query = { ...window, loops: 'yes' as const, limit: '2', ...(before === null ? {} : { before }) };
      const answer = await collector.client.api.traces.$get({ query });
      const page: { traces: { traceId: string }[]; next: string | null } = await answer.json();
      expect(page.traces.length).toBeLessThanOrEqual(2);
      seen.push(...page.traces.map(({ traceId }) => traceId));
      before = page.next;
    } while (before !== null && seen.length < 20);
    expect(seen.toSorted()).toEqual([...(await listed({ loops: 'yes' })).keys()].toSorted());
  });

  it('are not found of a trace that is not stored', async () => {
    const answer = await collector.client.api.traces[':traceId'].loops.$get({
      param: { traceId: idOf(0xfff) },
    });
    expect(answer.status).toBe(404);
  });

  it('are streamed by the window, with how many were looked at', async () => {
    const lines = async (query: Record<string, string>) => {
      const answer = await collector.client.api.loops.$get({ query: { ...window, ...query } });
      return (await answer.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    };
    const all = await lines({});
    expect(all.filter(({ kind }) => kind === 'looped')).toHaveLength(6);
    expect(all.at(-1)).toMatchObject({ kind: 'done', traces: 10, looped: 6, unknown: 1 });
    const long = await lines({ minSteps: '8' });
    expect(
      long
        .filter(({ kind }) => kind === 'looped')
        .map(({ trace }) => trace.traceId)
        .toSorted(),
    ).toEqual(
      // The limit is told whatever the steps; the talk and the short cycle are too short, as are six failures.
      [idOf(1), idOf(4), idOf(7)].toSorted(),
    );
  });
});

describe('housekeeping', () => {
  const deps = () => ({ store, log: () => {}, now: Date.now, graceSeconds: 0 });
  const signal = new AbortController().signal;
  const storedOf = async (trace: number) => {
    const [state] = await store.rows(loopStates, {
      project: 'default',
      traceIds: [idOf(trace)],
      detector: 1,
    });
    return state?.stored ?? null;
  };
  const judge = async () => {
    await rebuildHours(deps(), signal);
    return judgeHours(deps(), signal);
  };

  it('stores what readers would find, once for the same spans', async () => {
    const before = await listed();
    expect(await storedOf(1)).toBeNull();
    expect(await judge()).toBeGreaterThan(0);
    expect((await storedOf(1))?.report).toEqual(await reportOf(1));
    expect((await storedOf(8))?.report.calls).toBeNull();
    expect(await storedOf(10)).toBeNull();
    const reads = storeReads(store, 'default');
    const page = await reads.tracesWithLoops({ ...everything, ...micros });
    expect(new Map(page.items.map(({ traceId, loops }) => [traceId as string, loops]))).toEqual(before);
    expect(await judge()).toBe(0);
  });

  it('judges a trace anew, and whole, when spans of it come later', async () => {
    const { length } = agentWork(works.polls);
    await collector.sendSpans(
      agentWork({ ...works.polls, does: [...works.polls.does, ...times(6, search)] }).slice(length),
    );
    // At once, by the reader; then out of the store.
    expect((await listed()).get(idOf(3))).toMatchObject({ kind: 'looped', often: 'x6' });
    expect(await storedOf(3)).toBeNull();
    await judge();
    expect((await storedOf(3))?.report.longest).toBe(6);
  });

  it('goes on where it was cut off', async () => {
    const later = NOON + 7_200_000_000_000n;
    await send({ trace: 0x20, agent: 'late', does: times(5, search), at: later });
    const cut = new AbortController();
    cut.abort(new Error('stop'));
    await rebuildHours(deps(), signal);
    await expect(judgeHours(deps(), cut.signal)).rejects.toThrow('stop');
    expect(await storedOf(0x20)).toBeNull();
    await judge();
    expect((await storedOf(0x20))?.report.longest).toBe(4);
  });
});

const everything = { ...NO_TRACE_FILTER, limit: 500, loops: null };
const micros = { from: toMicros(Number(window.from)), to: toMicros(Number(window.to)) };

describe.skipIf(!capturesPresent)('requests of real clients (../shared/data/otlp-captures)', () => {
  it('loop nowhere', async () => {
    const all = async () => {
      const answer = await collector.client.api.traces.$get({ query: { from: '0', limit: '500' } });
      return (await answer.json()).traces;
    };
    const before = new Set((await all()).map(({ traceId }) => traceId));
    for (const { body, contentType } of readCaptures())
      await collector.send(body, { 'content-type': contentType });
    await collector.settled();
    const captured = (await all()).filter(({ traceId }) => !before.has(traceId));
    expect(captured.length).toBeGreaterThanOrEqual(5);
    expect(captured.map(({ loops }) => loops)).toEqual(captured.map(() => ({ kind: 'none' })));
  });
});

describe('the bound that spares reading a trace', () => {
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    fc.record({ tool: fc.constantFrom('a', 'b'), result: fc.constantFrom(0, 1) }),
    fc.record({ says: fc.constantFrom('x', 'y') }),
    fc.record({ tool: fc.constantFrom('a', 'b'), error: fc.constant('503') }),
  );
  const team: fc.Arbitrary<Deed> = fc.oneof(
    { weight: 3, arbitrary: deed },
    {
      weight: 1,
      arbitrary: fc.record({ agent: fc.constantFrom('one', 'two'), does: fc.array(deed, { maxLength: 3 }) }),
    },
  );
  let next = 0x1000;

  it('never spares one in which the detector finds something', async () => {
    const works = fc.record({
      does: fc.array(team, { maxLength: 6 }),
      failsWith: fc.constantFrom(undefined, 'max_turns', '503'),
    });
    const samples = fc.sample(works, { numRuns: 150, seed: 7 }).map(({ does, failsWith }) => ({
      trace: next++,
      agent: 'one',
      does,
      at: NOON + 86_400_000_000_000n,
      ...(failsWith === undefined ? {} : { failsWith }),
    }));
    await send(...samples);
    const traceIds = samples.map(({ trace }) => idOf(trace));
    const states = await store.rows(loopStates, { project: 'default', traceIds, detector: 1 });
    expect(states).toHaveLength(150);
    const spared = states.filter(({ suspect }) => !suspect);
    expect(spared.length).toBeGreaterThan(10);
    expect(spared.length).toBeLessThan(140);
    const work = await readWork({ store, project: 'default' }, spared, {});
    expect(work.size).toBe(spared.length);
    for (const spans of work.values()) {
      expect(detectLoops(workOfSpans(spans))).toMatchObject({ findings: [], repeated: null });
    }
  });
});
