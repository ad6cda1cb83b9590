import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TraceSummary } from '../domain/trace.ts';
import { spansOfStructure } from '../domain/trace-structure.ts';
import { plainObject } from './otlp/any-value.ts';
import { encodeTraceRequest } from './otlp/protobuf-encoder.ts';
import type { OtlpSpan } from './otlp/trace-request.ts';
import { arbitrarySpan } from './testing/arbitrary-span.ts';
import { asDescribed } from './testing/as-described.ts';
import { capturesPresent, readCaptures } from './testing/captures.ts';
import { attributes, exampleSpan, NOON } from './testing/example-span.ts';
import { type CheckedCollector, startCheckedCollector } from './testing/start-checked-collector.ts';

let collector: CheckedCollector;
beforeAll(async () => {
  collector = await startCheckedCollector();
});
afterAll(() => collector.close());

const hex = (value: number, bytes: number) => value.toString(16).padStart(bytes * 2, '0');
const MICROS = Number(NOON / 1000n);
const DAY = 86_400 * 1e6;
const trialId = 'a'.repeat(24);

/** A trace of an agent that calls a model twice and a tool once, one of the calls failing. */
function agentTrace(number: number, at: bigint): OtlpSpan[] {
  const traceId = hex(number, 16);
  const resource = { attributes: attributes({ 'service.name': `service-${number % 2}` }), schemaUrl: '' };
  const span = (index: number, name: string, values: Parameters<typeof attributes>[0], rest = {}) =>
    exampleSpan({
      traceId,
      resource,
      spanId: hex(index, 8),
      parentSpanId: index === 1 ? '' : hex(1, 8),
      name,
      startTimeUnixNano: at + BigInt(index) * 1_000_000n,
      endTimeUnixNano: at + BigInt(index) * 1_000_000n + 500_000n,
      attributes: attributes(values),
      ...rest,
    });
  const model = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o-mini' };
  const usage = { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 10 };
  return [
    span(1, 'invoke_agent alice', {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': `agent-${number}`,
      'gen_ai.usage.input_tokens': 200,
    }),
    span(2, 'chat', { ...model, ...usage, 'gen_ai.usage.cache_read.input_tokens': 40 }),
    span(3, 'execute_tool send', { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'send' }),
    span(4, 'chat', model, { status: { code: number % 2 === 0 ? 2 : 0, message: 'limit' } }),
  ];
}

async function listTraces(
  query: Record<string, string>,
): Promise<{ traces: TraceSummary[]; next: string | null }> {
  const answer = await fetch(`${collector.url}/api/traces?${new URLSearchParams(query)}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { traces: TraceSummary[]; next: string | null };
}

async function readTrace(traceId: string) {
  const answer = await collector.client.api.traces[':traceId'].$get({ param: { traceId } });
  expect(answer.status).toBe(200);
  const { trace, structure } = await answer.json();
  return { trace, structure, spans: spansOfStructure(structure), total: structure.total };
}

describe('a trace', () => {
  it('is summed up from its model calls, with what is unknown left open', async () => {
    const spans = agentTrace(0x101, NOON);
    await collector.sendSpans(spans);
    const { trace, spans: read, total } = await readTrace(hex(0x101, 16));
    expect(trace).toEqual({
      traceId: hex(0x101, 16),
      name: 'invoke_agent alice',
      rootReceived: true,
      service: 'service-1',
      agent: 'agent-257',
      models: ['gpt-4o-mini'],
      start: MICROS + 1000,
      duration: 3500,
      spans: 4,
      modelCalls: 2,
      toolCalls: 1,
      errors: 0,
      usage: { input: 60, cacheRead: 40, cacheWrite: null, output: 10, reasoning: null },
      // 60 x 0.15 + 40 x 0.075 + 10 x 0.60 USD a million
      cost: 18_000,
      unpricedCalls: 1,
      runId: null,
      trialId: null,
      scenarioId: null,
    });
    expect(total).toBe(4);
    expect(read.map((span) => span.kind)).toEqual(['agent', 'llm', 'tool', 'llm']);
    expect(read[1]).toMatchObject({
      parentSpanId: hex(1, 8),
      model: 'gpt-4o-mini',
      duration: 500,
      cost: 18_000,
    });
    expect(read[3]).toMatchObject({ usage: null, cost: null });
  });

  it('answers in the shapes of its description, as lists and charts do', async () => {
    const traceId = hex(0x101, 16);
    const window = `from=${MICROS}&to=${MICROS + DAY}`;
    for (const [route, path] of [
      ['GET /api/traces', `/api/traces?${window}`],
      ['GET /api/traces/count', `/api/traces/count?${window}`],
      ['GET /api/traces/named', `/api/traces/named?ids=${traceId}`],
      ['GET /api/traces/:traceId', `/api/traces/${traceId}`],
      ['GET /api/traces/:traceId/loops', `/api/traces/${traceId}/loops`],
      ['GET /api/traces/:traceId/logs', `/api/traces/${traceId}/logs`],
      ['GET /api/traces/:traceId/spans/:spanId', `/api/traces/${traceId}/spans/${hex(2, 8)}`],
      ['GET /api/charts/spans', `/api/charts/spans?by=model&${window}`],
      ['GET /api/facets', `/api/facets?field=model&${window}`],
      ['GET /api/outcomes/cohorts', `/api/outcomes/cohorts?${window}`],
      ['GET /api/outcomes/reply-times', `/api/outcomes/reply-times?${window}`],
      ['GET /api/outcomes/messages', `/api/outcomes/messages?${window}`],
      ['GET /api/outcomes/costs', `/api/outcomes/costs?${window}`],
      ['GET /api/openapi.json', '/api/openapi.json'],
    ] as const) {
      const answer = await fetch(collector.url + path);
      const body = await answer.json();
      expect([path, answer.status, asDescribed(route, body)]).toEqual([path, 200, body]);
    }
  });

  it('costs what all of its calls of models cost, embeddings too, though their tokens are not of a conversation', async () => {
    const [root, call, tool, unpriced] = agentTrace(0x104, NOON);
    if (!root || !call || !tool || !unpriced) throw new Error('expected four spans');
    const embed = (spanId: string, model: string) => ({
      ...call,
      spanId,
      attributes: attributes({
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': 50,
      }),
    });
    const embeddings = [embed(hex(5, 8), 'text-embedding-3-small'), embed(hex(6, 8), 'unheard-of')];
    await collector.sendSpans([root, call, tool, unpriced, ...embeddings]);
    expect((await readTrace(hex(0x104, 16))).trace).toMatchObject({
      modelCalls: 2,
      usage: { input: 60, cacheRead: 40, output: 10 },
      // The 18,000 of the chat and 50 x 0.02 USD a million
      cost: 19_000,
      unpricedCalls: 2,
      models: ['gpt-4o-mini'],
    });
  });

  it('is named after its earliest span while the root is missing', async () => {
    await collector.sendSpans(agentTrace(0x102, NOON).slice(2));
    const { trace } = await readTrace(hex(0x102, 16));
    expect(trace).toMatchObject({ name: 'execute_tool send', rootReceived: false, usage: { input: null } });
  });

  it('spans two months and hours apart', async () => {
    const late = 40n * 86_400n * 1_000_000_000n;
    const [root, call] = agentTrace(0x103, NOON);
    if (!root || !call) throw new Error('expected two spans');
    await collector.sendSpans([
      root,
      { ...call, startTimeUnixNano: NOON + late, endTimeUnixNano: NOON + late },
    ]);
    expect((await readTrace(hex(0x103, 16))).trace).toMatchObject({ spans: 2, duration: 40 * DAY - 1000 });
  });

  it('is searched for the spans that say something, in any case, and in no other trace', async () => {
    const traceId = hex(780, 16);
    const said = (index: number, text: string) =>
      exampleSpan({
        traceId,
        spanId: hex(index, 8),
        name: index === 3 ? 'Überholt 100%' : 'chat',
        attributes: attributes({ 'gen_ai.input.messages': text }),
      });
    const other = exampleSpan({ ...said(1, 'the Überholt one'), traceId: hex(781, 16) });
    await collector.sendSpans([said(1, 'first'), said(2, 'was ÜBERHOLT, it said'), said(3, ''), other]);
    const saying = async (q: string) => {
      const answer = await collector.client.api.traces[':traceId'].search.$get({
        param: { traceId },
        query: { q },
      });
      return (await answer.json()).spanIds.toSorted();
    };
    expect(await saying('überholt')).toEqual([hex(2, 8), hex(3, 8)]);
    expect(await saying('100%')).toEqual([hex(3, 8)]);
    expect(await saying('never said')).toEqual([]);
  });

  it('answers 404 where there is none', async () => {
    const answer = await fetch(`${collector.url}/api/traces/${'f'.repeat(32)}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'TRACE_NOT_FOUND' } });
  });
});

describe('delivery', () => {
  it('counts a span once however often, in whatever order and batches it comes (B33)', async () => {
    const spans = agentTrace(0x201, NOON);
    await collector.sendSpans(spans);
    const once = await readTrace(hex(0x201, 16));
    const plan = fc.array(fc.shuffledSubarray(spans, { minLength: 1 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(plan, async (batches) => {
        for (const batch of batches) await collector.send(encodeTraceRequest(batch));
        await collector.settled();
        expect(await readTrace(hex(0x201, 16))).toEqual(once);
      }),
      { numRuns: 5 },
    );
    const { traces } = await listTraces({ from: String(MICROS - DAY), agent: 'agent-513' });
    expect(traces).toEqual([{ ...once.trace, loops: { kind: 'none' } }]);
  });

  it.each([
    ['in order', [0, 1]],
    ['the other way round', [1, 0]],
  ])('keeps the delivery that ended last, sent %s (B34)', async (order, indexes) => {
    const traceId = hex(order === 'in order' ? 0x202 : 0x203, 16);
    const early = exampleSpan({ traceId, name: 'early' });
    const late = exampleSpan({ traceId, name: 'late', endTimeUnixNano: early.endTimeUnixNano + 1000n });
    for (const index of indexes) await collector.sendSpans([index === 0 ? early : late]);
    const { spans } = await readTrace(traceId);
    expect(spans.map((span) => span.name)).toEqual(['late']);
  });

  it.each([
    [0x210, ['one', 'two']],
    [0x211, ['two', 'one']],
  ])('shows no span with the text of another delivery (%i)', async (number, names) => {
    const traceId = hex(number, 16);
    const resource = { attributes: attributes({ 'rehearse.trial.id': hex(number, 12) }), schemaUrl: '' };
    // Alike in all that decides which delivery stays.
    for (const name of names) {
      await collector.sendSpans([exampleSpan({ traceId, resource, name, attributes: attributes({ name }) })]);
    }
    const { trials, traces } = collector.client.api;
    const { spanId } = exampleSpan();
    const one = await traces[':traceId'].spans[':spanId'].$get({ param: { traceId, spanId } });
    const { span } = await one.json();
    expect([span.name, span.payload.attributes]).toEqual([names[1], { name: names[1] }]);
    const param = { trialId: hex(number, 12) };
    const { spans } = await (await trials[':trialId'].spans.$get({ param, query: {} })).json();
    expect(spans).toEqual([span]);
  });

  it('keeps spans of one id in two traces apart', async () => {
    const [one, two] = [
      exampleSpan({ traceId: hex(0x212, 16), name: 'one' }),
      exampleSpan({ traceId: hex(0x213, 16) }),
    ];
    await collector.sendSpans([one, two]);
    expect((await readTrace(one.traceId)).spans).toMatchObject([{ spanId: one.spanId, name: 'one' }]);
    expect((await readTrace(two.traceId)).spans).toMatchObject([{ spanId: one.spanId, name: two.name }]);
  });

  it('keeps parallel exports apart and loses none', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => collector.sendSpans(agentTrace(0x300 + i, NOON + BigInt(i)))),
    );
    const counts = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await readTrace(hex(0x300 + i, 16))).trace.spans),
    );
    expect(counts).toEqual(Array(20).fill(4));
  });
});

describe('a span', () => {
  it('keeps any attributes without loss, and reads as plain JSON', async () => {
    const id = 'd'.repeat(24);
    const [ofTrial] = attributes({ 'rehearse.trial.id': id });
    if (!ofTrial) throw new Error('expected an attribute');
    const spans = fc.sample(arbitrarySpan, { numRuns: 40, seed: 7 }).map((span, i) => ({
      ...span,
      traceId: hex(0x400, 16),
      spanId: hex(i + 1, 8),
      resource: { ...span.resource, attributes: [ofTrial, ...span.resource.attributes] },
    }));
    await collector.sendSpans(spans);
    const answer = await collector.client.api.trials[':trialId'].spans.$get({
      param: { trialId: id },
      query: {},
    });
    const bySpanId = new Map((await answer.json()).spans.map((span) => [String(span.spanId), span]));
    for (const span of spans) {
      const read = bySpanId.get(span.spanId);
      if (!read) throw new Error(`expected span ${span.spanId}`);
      expect(read.name).toBe(span.name);
      expect(read.payload.attributes).toEqual(JSON.parse(JSON.stringify(plainObject(span.attributes))));
      expect(read.payload.resource).toEqual(
        JSON.parse(JSON.stringify(plainObject(span.resource.attributes))),
      );
      expect(read.payload.scope).toEqual({ name: span.scope.name, version: span.scope.version });
      expect(read.payload.events.map((event) => event.name)).toEqual(span.events.map((event) => event.name));
      expect(read.payload.links.map((link) => link.traceId)).toEqual(span.links.map((link) => link.traceId));
    }
  });

  it('is found by the id of its trial, with its text', async () => {
    const rehearsed = {
      attributes: attributes({
        'rehearse.run.id': 'run-1',
        'rehearse.trial.id': trialId,
        'rehearse.scenario.id': 'sdr/one',
      }),
      schemaUrl: '',
    };
    const input = '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]';
    const traceId = hex(0x501, 16);
    await collector.sendSpans([
      exampleSpan({
        traceId,
        resource: rehearsed,
        attributes: attributes({ 'gen_ai.input.messages': input }),
      }),
      exampleSpan({ traceId, spanId: hex(9, 8) }),
    ]);
    const answer = await collector.client.api.trials[':trialId'].spans.$get({
      param: { trialId },
      query: {},
    });
    const { spans } = await answer.json();
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      runId: 'run-1',
      trialId,
      scenarioId: 'sdr/one',
      payload: { inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }] },
    });
    expect((await readTrace(traceId)).trace).toMatchObject({
      runId: 'run-1',
      trialId,
      scenarioId: 'sdr/one',
    });
  });

  it('of a trial is waited for until the root has come, as long as the request says', async () => {
    const late = 'b'.repeat(24);
    const resource = { attributes: attributes({ 'rehearse.trial.id': late }), schemaUrl: '' };
    const root = exampleSpan({ traceId: hex(0x502, 16), resource });
    const child = exampleSpan({
      ...root,
      spanId: hex(9, 8),
      parentSpanId: root.spanId,
      startTimeUnixNano: root.startTimeUnixNano + 1000n,
    });
    const ask = async (wait: string) => {
      const query = { param: { trialId: late }, query: { wait } };
      return await (await collector.client.api.trials[':trialId'].spans.$get(query)).json();
    };
    await collector.sendSpans([child]);
    expect(await ask('0')).toMatchObject({ spans: [{ spanId: child.spanId }], complete: false });
    const waited = ask('30');
    await collector.sendSpans([root]);
    expect(await waited).toMatchObject({
      spans: [{ spanId: root.spanId }, { spanId: child.spanId }],
      complete: true,
    });
  });

  it('of a trial is no longer waited for when whoever asked has gone, and that is no defect', async () => {
    const log: string[] = [];
    const other = await collector.beside({ log: (_event, line) => log.push(line) });
    const gone = new AbortController();
    const address = `${other.url}/api/trials/${'c'.repeat(24)}/spans?wait=60`;
    const waited = fetch(address, { signal: gone.signal });
    await fetch(`${other.url}/healthz`);
    gone.abort();
    await expect(waited).rejects.toThrow(/abort/);
    // It would take until the grace of the collector ends.
    await other.close();
    expect(log).toEqual([]);
  });

  it('answers 404 where there is none', async () => {
    const answer = await fetch(`${collector.url}/api/traces/${hex(0x501, 16)}/spans/${'f'.repeat(16)}`);
    expect(await answer.json()).toMatchObject({ error: { code: 'SPAN_NOT_FOUND' } });
  });
});

describe('the list of traces', () => {
  const from = NOON + 1000n * 86_400n * 1_000_000_000n;
  const window = { from: String(Number(from / 1000n)), to: String(Number(from / 1000n) + DAY) };
  const ids = (page: { traces: TraceSummary[] }) => page.traces.map((trace) => trace.traceId);
  const all = Array.from({ length: 7 }, (_, i) => hex(0x600 + i, 16)).reverse();

  beforeAll(async () => {
    // The first two start at the same time: their ids decide the order.
    for (let i = 0; i < 7; i++) {
      await collector.sendSpans(agentTrace(0x600 + i, from + BigInt(Math.max(i - 1, 0)) * 1_000_000_000n));
    }
  });

  it('is newest first and pages without gap or repetition', async () => {
    expect(ids(await listTraces(window))).toEqual(all);
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page = await listTraces({ ...window, limit: '3', ...(before === null ? {} : { before }) });
      seen.push(...ids(page));
      before = page.next;
    } while (before !== null);
    expect(seen).toEqual(all);
  });

  it('is searched by text, and counted over all pages', async () => {
    expect(ids(await listTraces({ ...window, q: '"agent 1539"' }))).toEqual([hex(0x603, 16)]);
    expect(ids(await listTraces({ ...window, q: 'limit' }))).toHaveLength(7);
    const count = async (query: Record<string, string>) => {
      const answer = await collector.client.api.traces.count.$get({ query });
      return (await answer.json()).total;
    };
    // What it could not count in time it says to be inexact, as may be while the machine is busy.
    const counted = (query: Record<string, string>) => expect.poll(() => count(query));
    await counted({ ...window, limit: '2' }).toEqual({ count: 7, exact: true });
    await counted({ ...window, status: 'error' }).toEqual({ count: 4, exact: true });
    const refused = await fetch(`${collector.url}/api/traces?q=${encodeURIComponent('!?')}`);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });

  it('shows nothing outside the window', async () => {
    expect(ids(await listTraces({ from: String(Number(window.from) - DAY), to: window.from }))).toEqual([]);
    const one = { from: window.from, to: String(Number(window.from) + 100_000) };
    expect(ids(await listTraces(one))).toEqual(all.slice(-2));
  });

  it('takes a window of all times', async () => {
    const all = await listTraces({ from: '0', to: String(Number.MAX_SAFE_INTEGER), agent: 'agent-1539' });
    expect(ids(all)).toEqual([hex(0x603, 16)]);
  });

  it.each([
    [{ status: 'error' }, [0x606, 0x604, 0x602, 0x600]],
    [{ status: 'ok' }, [0x605, 0x603, 0x601]],
    [{ service: 'service-1' }, [0x605, 0x603, 0x601]],
    [{ agent: 'agent-1539' }, [0x603]],
    [{ model: 'gpt-4o-mini', status: 'error', service: 'service-1' }, []],
    [{ model: "'; DROP TABLE spans; --" }, []],
  ])('is filtered by %j', async (filter, expected) => {
    expect(ids(await listTraces({ ...window, ...filter }))).toEqual(
      expected.map((number) => hex(number, 16)),
    );
  });

  it.each([
    [{ before: 'nonsense' }, /before/],
    [{ limit: '0' }, /limit/],
    [{ status: 'bad' }, /status/],
    [{ from: 'noon' }, /from/],
    [{ from: '' }, /from/],
    [{ from: '2', to: '1' }, /from: expected a time before 1, got 2/],
    [{ modle: 'gpt-4o' }, /expected only .*\bmodel\b.*, got modle/],
  ])('refuses %j', async (query, message) => {
    const answer = await fetch(`${collector.url}/api/traces?${new URLSearchParams(query)}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'BAD_REQUEST', message: expect.stringMatching(message) },
    });
  });
});

describe.skipIf(!capturesPresent)('requests of real clients (../shared/data/otlp-captures)', () => {
  const listed = async () => (await listTraces({ limit: '500', from: '0' })).traces;
  let known: TraceSummary[];
  beforeAll(async () => {
    known = await listed();
  });

  it.each(readCaptures())('$name: is stored and read span by span', async ({ facts, body, contentType }) => {
    expect((await collector.send(body, { 'content-type': contentType })).status).toBe(200);
    await collector.settled();
    const traces = await listed();
    const before = new Set(known.map((trace) => trace.traceId));
    const added = traces.filter((trace) => !before.has(trace.traceId));
    known = traces;
    expect(added).toHaveLength(facts.traces);
    expect(added.filter((trace) => trace.rootReceived)).toHaveLength(facts.roots);
    expect(added.reduce((sum, trace) => sum + trace.spans, 0)).toBe(facts.spans);
    for (const { traceId } of added) {
      // The first and the last of each trace: whatever a span holds, it is read by one statement.
      const { spans } = await readTrace(traceId);
      for (const { spanId } of [spans.at(0), spans.at(-1)].filter((span) => span !== undefined)) {
        const answer = await collector.client.api.traces[':traceId'].spans[':spanId'].$get({
          param: { traceId, spanId },
        });
        expect(answer.status).toBe(200);
        const { span } = await answer.json();
        expect(span.spanId).toBe(spanId);
        expect(Object.keys(span.payload.resource)).toContain('service.name');
      }
    }
  });
});

describe('hostile clocks', () => {
  it('takes a batch whose clocks are years apart', async () => {
    // ClickHouse allows an insert a hundred partitions, unless it is told otherwise.
    const months = 110;
    const spans = Array.from({ length: months }, (_, i) =>
      exampleSpan({
        traceId: hex(0x204, 16),
        spanId: hex(i + 1, 8),
        startTimeUnixNano: BigInt(Date.UTC(2001, i * 9)) * 1_000_000n,
        endTimeUnixNano: 0n,
      }),
    );
    await collector.sendSpans(spans);
    expect((await readTrace(hex(0x204, 16))).trace.spans).toBe(months);
  });
});
