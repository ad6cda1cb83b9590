import { describe, expect, it } from 'vitest';
import type { Fault } from '../../domain/fault.ts';
import { workOfCalls } from '../../domain/loop-steps.ts';
import { figuresFromWorld } from '../runner/figures.ts';
import { call, exampleWorld, ITEMS, LETTERS } from './example-world.ts';
import type { FaultKind } from './faults.ts';
import { spoilAnswer } from './spoil-answer.ts';

const start = Date.parse('2026-03-02T09:00:00Z') * 1000;
const onSend = (...faults: FaultKind[]) =>
  exampleWorld({
    faults: faults.map((fault): Fault => ({ service: 'post', operation: 'letters.send', call: 1, fault })),
  });
const onList = (...faults: FaultKind[]) =>
  exampleWorld({
    faults: faults.map((fault): Fault => ({ service: 'notes', operation: 'items.list', fault })),
  });

describe('a fault on the way to the service', () => {
  it.each([
    [{ kind: 'error', status: 503 }, 503, 0],
    [{ kind: 'rate-limit', retryAfterSeconds: 7 }, 429, 0],
    [{ kind: 'timeout-before-commit' }, 504, 0],
    [{ kind: 'timeout-after-commit' }, 504, 1],
    [{ kind: 'latency', seconds: 5 }, 201, 1],
  ] as const)('%j answers %i after %i writes', async (fault, status, writes) => {
    const world = onSend(fault);
    const answer = await call(world, 'POST', LETTERS, {});
    expect([answer.status, world.journal.length]).toEqual([status, writes]);
    expect(world.calls[0]).toMatchObject({ fault: fault.kind, status });
    if (fault.kind === 'rate-limit') expect(answer.headers.get('retry-after')).toBe('7');
    if (fault.kind === 'latency') expect(world.now).toBe(start + 5_080_000);
    await call(world, 'POST', LETTERS, {});
    expect(world.calls[1]).toMatchObject({ fault: null, status: 201 });
  });

  it('meets the nth call of its operation, or each', async () => {
    const fault: FaultKind = { kind: 'error', status: 500 };
    const planned = { service: 'post', operation: 'letters.send', fault };
    const statuses = async (faults: Fault[]) => {
      const world = exampleWorld({ faults });
      await call(world, 'GET', ITEMS);
      const answers = [];
      for (let i = 0; i < 3; i++) answers.push((await call(world, 'POST', LETTERS, {})).status);
      return answers;
    };
    expect(await statuses([{ ...planned, call: 2 }])).toEqual([201, 500, 201]);
    expect(await statuses([planned])).toEqual([500, 500, 500]);
  });

  it('meets the calls that begin while it lasts', async () => {
    const during = { from: 0.08, to: 0.24 };
    const fault: Fault = {
      service: 'notes',
      operation: 'items.list',
      during,
      fault: { kind: 'error', status: 500 },
    };
    const world = exampleWorld({ faults: [fault] });
    for (let i = 0; i < 4; i++) await call(world, 'GET', ITEMS);
    // At 0, 0.08, 0.16 and 0.24 s.
    expect(world.calls.map(({ status }) => status)).toEqual([200, 500, 500, 200]);
  });
});

describe('stale', () => {
  it('answers a read from the rows of the start, and the next one from those of now', async () => {
    const world = exampleWorld({
      faults: [{ service: 'notes', operation: 'items.get', call: 1, fault: { kind: 'stale' } }],
    });
    await call(world, 'PATCH', `${ITEMS}/429815`, { text: 'changed' });
    expect((await call(world, 'GET', `${ITEMS}/429815`)).body.text).toBe('second');
    expect((await call(world, 'GET', `${ITEMS}/429815`)).body.text).toBe('changed');
    expect(world.calls.map(({ fault }) => fault)).toEqual([null, 'stale', null]);
  });

  it('does not know what was inserted or removed since', async () => {
    const world = onList({ kind: 'stale' });
    await call(world, 'DELETE', `${ITEMS}/429815`);
    await call(world, 'POST', ITEMS, { text: 'new' });
    expect((await call(world, 'GET', ITEMS)).body).toHaveLength(2);
    expect(world.row('notes.items', '429815')).toBeNull();
  });

  it('is refused for an operation that writes', () => {
    expect(() => onSend({ kind: 'stale' })).toThrow(
      'world.faults[0]: expected an operation that only reads for stale, got post letters.send',
    );
  });
});

describe('a fault on the way back', () => {
  it('breaks the body off, after the write', async () => {
    const world = onSend({ kind: 'malformed' });
    const { status, headers, text } = await call(world, 'POST', LETTERS, { to: 'lee' });
    expect([status, headers.get('content-type'), text]).toEqual([201, 'application/json', '{"to":"lee","i']);
    expect(headers.get('content-length')).toBe(String(text.length));
    expect(world.journal).toHaveLength(1);
    expect(world.calls[0]).toMatchObject({ fault: 'malformed', status: 201, response: text });
  });

  it('lets one member lie', async () => {
    const world = onList({ kind: 'false', at: '/1/text', value: { any: ['thing'] } });
    expect((await call(world, 'GET', ITEMS)).body).toEqual([
      { id: 'constructor', text: 'first' },
      { id: '429815', text: { any: ['thing'] } },
    ]);
    expect(world.calls[0]?.fault).toBe('false');
    expect(world.row('notes.items', '429815')).toEqual({ id: '429815', text: 'second' });
  });

  it('leaves an answer without that member as it is, and the call is undisturbed', async () => {
    const world = onList({ kind: 'false', at: '/2/text', value: 'no' });
    expect((await call(world, 'GET', ITEMS)).body).toHaveLength(2);
    expect(world.calls[0]?.fault).toBeNull();
  });

  it('ends lists early, and only those that are longer', async () => {
    const world = onList({ kind: 'cut-page', items: 1 });
    expect((await call(world, 'GET', ITEMS)).body).toEqual([{ id: 'constructor', text: 'first' }]);
    await call(world, 'DELETE', `${ITEMS}/constructor`);
    expect((await call(world, 'GET', ITEMS)).body).toHaveLength(1);
    expect(world.calls.map(({ fault }) => fault)).toEqual(['cut-page', null, null]);
  });

  it.each([
    [[1, 2, 3], 'cut-page', [1]],
    [
      { items: [1, 2], total: 2, deep: { items: [1, 2] } },
      'cut-page',
      { items: [1], total: 2, deep: { items: [1, 2] } },
    ],
    [{ 'a/b': { '~': 1 } }, '/a~1b/~0', { 'a/b': { '~': 'lie' } }],
    [{ list: [1] }, '/list/length', null],
    [{ list: [1] }, '/list/-', null],
    [{}, '/constructor', null],
    ['text', '/0', null],
  ] as const)('%j under %s is %j', (body, how, spoilt) => {
    const fault: FaultKind =
      how === 'cut-page' ? { kind: how, items: 1 } : { kind: 'false', at: how, value: 'lie' };
    const { reply, by } = spoilAnswer({ status: 200, body: JSON.parse(JSON.stringify(body)) }, [fault]);
    expect(by.length === 0 ? null : reply.body).toEqual(spoilt);
  });

  it.each([12345, 'text', [], {}, null, true, [7]])('leaves no JSON of %j', (body) => {
    const { reply } = spoilAnswer({ status: 200, body }, [{ kind: 'malformed' }]);
    expect(() => JSON.parse(reply.text ?? 'null')).toThrow();
  });

  it('changes nothing where there is no body', async () => {
    const faults: Fault[] = [
      { service: 'notes', operation: 'items.remove', fault: { kind: 'malformed' } },
      { service: 'notes', operation: 'items.remove', fault: { kind: 'cut-page', items: 0 } },
    ];
    const world = exampleWorld({ faults });
    const { status, text } = await call(world, 'DELETE', `${ITEMS}/429815`);
    expect([status, text, world.calls[0]?.fault]).toEqual([204, '', null]);
  });
});

describe('duplicate', () => {
  it('delivers a request twice, the second time as a call of its own that no caller made', async () => {
    const world = onSend({ kind: 'duplicate' });
    const { body } = await call(world, 'POST', LETTERS, { to: 'lee' });
    expect(body.id).toBe('letter_1');
    expect(world.journal.map(({ key, call: by }) => [key, by.number])).toEqual([
      ['letter_1', 1],
      ['letter_2', 2],
    ]);
    expect(world.calls).toMatchObject([
      { number: 1, fault: null, redeliveryOf: null },
      { number: 2, fault: 'duplicate', redeliveryOf: 1, status: 201 },
    ]);
    expect(world.now).toBe(start + 80_000);
    // Neither a step of the agent nor one of its calls.
    expect(workOfCalls(world.calls, { journal: world.journal, milestones: [] }).steps).toHaveLength(1);
    expect(figuresFromWorld({ ...world, cost: null }).toolCalls).toBe(1);
  });

  it('does it once where the request has an idempotency key', async () => {
    const world = onSend({ kind: 'duplicate' });
    await call(world, 'POST', LETTERS, { to: 'lee' }, { 'idempotency-key': 'k' });
    expect(world.journal).toHaveLength(1);
    expect(world.calls[1]).toMatchObject({ fault: 'duplicate', redeliveryOf: 1, replayOf: 1 });
  });

  it('is no call of the agent: the nth call of an operation is the nth that it makes', async () => {
    const planned = { service: 'post', operation: 'letters.send' };
    const world = exampleWorld({
      faults: [
        { ...planned, call: 1, fault: { kind: 'duplicate' } },
        { ...planned, call: 2, fault: { kind: 'error', status: 500 } },
      ],
    });
    await call(world, 'POST', LETTERS, {});
    expect((await call(world, 'POST', LETTERS, {})).status).toBe(500);
  });
});

describe('several faults on one call', () => {
  it.each([
    // The first answer counts, and a fault that keeps the request away does so wherever it stands.
    [
      [
        { kind: 'error', status: 503 },
        { kind: 'rate-limit', retryAfterSeconds: 1 },
      ],
      503,
      0,
    ],
    [[{ kind: 'timeout-after-commit' }, { kind: 'error', status: 503 }], 504, 0],
    [[{ kind: 'error', status: 503 }, { kind: 'duplicate' }], 503, 0],
    [[{ kind: 'timeout-after-commit' }, { kind: 'duplicate' }], 504, 2],
    [
      [
        { kind: 'latency', seconds: 1 },
        { kind: 'latency', seconds: 2 },
      ],
      201,
      1,
    ],
  ] as [FaultKind[], number, number][])('%j answer %i after %i writes', async (faults, status, writes) => {
    const world = onSend(...faults);
    expect((await call(world, 'POST', LETTERS, {})).status).toBe(status);
    expect(world.journal).toHaveLength(writes);
  });

  it('add up their delays', async () => {
    const world = onSend({ kind: 'latency', seconds: 1 }, { kind: 'timeout-before-commit' });
    await call(world, 'POST', LETTERS, {});
    expect(world.now).toBe(start + 31_080_000);
    expect(world.calls[0]?.fault).toBe('latency+timeout-before-commit');
  });

  it('change whatever is answered, one after another, and break it off last', async () => {
    const world = onList(
      { kind: 'malformed' },
      { kind: 'error', status: 500 },
      { kind: 'false', at: '/error/code', value: 'fine' },
      { kind: 'stale' },
    );
    const { status, text } = await call(world, 'GET', ITEMS);
    expect([status, text]).toEqual([500, '{"error":{"code":"fine","me']);
    expect(world.calls[0]?.fault).toBe('malformed+error+false');
  });
});
