import { describe, expect, it } from 'vitest';
import { Condition } from './condition.ts';
import { firstHeld, type History, presentOf } from './condition-holds.ts';
import { Effect, WorldCall } from './effect.ts';
import type { JsonObject } from './json.ts';
import { micros } from './units.ts';

const SECOND = 1_000_000;

function call(number: number, operation: string, request: JsonObject = {}, status = 200): WorldCall {
  return WorldCall.parse({
    number,
    at: number * SECOND,
    service: 'crm',
    operation,
    traceId: null,
    spanId: number.toString(16).padStart(16, '0'),
    request: { method: 'GET', path: '/', params: {}, query: {}, body: null, ...request },
    status,
    response: null,
    fault: null,
  });
}

function write(number: number, before: JsonObject | null, after: JsonObject | null): Effect {
  return Effect.parse({
    seq: number,
    at: number * SECOND,
    operation: before ? (after ? 'update' : 'delete') : 'insert',
    table: 'crm.contacts',
    key: 'c1',
    before,
    after,
    irreversible: false,
    call: { number, service: 'crm', operation: 'contacts.update', traceId: null, spanId: null },
  });
}

const history = (parts: Partial<History>): History => ({
  start: micros(0),
  now: micros(100 * SECOND),
  calls: [],
  journal: [],
  turns: [],
  row: () => null,
  ...parts,
});
const condition = (input: object) => Condition.parse(input);
const held = (input: object, parts: Partial<History>) => firstHeld(condition(input), history(parts));

describe('a call', () => {
  const search = { on: 'call', service: 'crm', operation: 'contacts.search' };

  it('holds at the first that was answered without an error', () => {
    const calls = [
      call(1, 'contacts.get'),
      call(2, 'contacts.search', {}, 504),
      call(3, 'contacts.search'),
      call(4, 'contacts.search'),
    ];
    expect(held(search, { calls })).toMatchObject({
      at: 3 * SECOND,
      call: 3,
      spanId: '0000000000000003',
    });
    expect(held(search, { calls: calls.slice(0, 2) })).toBeNull();
  });

  it.each([
    ['its path', { params: { q: 'lee' } }],
    ['its query', { query: { q: 'lee' } }],
    ['its body', { body: { q: 'lee' } }],
  ])('is told by members of %s', (_, request) => {
    const wanted = { ...search, request: { q: { is: 'exact', value: 'lee' } } };
    const calls = [call(1, 'contacts.search', { query: { q: 'bob' } }), call(2, 'contacts.search', request)];
    expect(held(wanted, { calls })?.call).toBe(2);
    expect(held(wanted, { calls: calls.slice(0, 1) })).toBeNull();
  });
});

describe('a write', () => {
  const effect = { operation: 'update', table: 'crm.*', columns: { status: { is: 'exact', value: 'won' } } };
  const won = write(2, { status: 'open', phone: '1' }, { status: 'won', phone: '1' });

  it('holds at the call that made it', () => {
    expect(
      held({ on: 'effect', effect }, { calls: [call(1, 'a'), call(2, 'b')], journal: [won] })?.call,
    ).toBe(2);
  });

  it('is told of a journal without calls too', () => {
    expect(held({ on: 'effect', effect }, { journal: [won] })).toMatchObject({ call: 2, at: 2 * SECOND });
  });

  it('is another one where a further column changed', () => {
    const more = write(2, { status: 'open', phone: '1' }, { status: 'won', phone: '2' });
    expect(held({ on: 'effect', effect }, { journal: [more] })).toBeNull();
  });
});

describe('a row', () => {
  const isWon = {
    on: 'row',
    table: 'crm.contacts',
    key: 'c1',
    columns: { status: { is: 'exact', value: 'won' } },
  };

  it('is so from the write that made it so, or from the start', () => {
    expect(held(isWon, { journal: [write(3, { status: 'open' }, { status: 'won' })] })?.call).toBe(3);
    expect(held(isWon, { row: () => ({ status: 'won' }) })).toMatchObject({ at: 0, call: null });
    expect(held(isWon, { row: () => ({ status: 'open' }) })).toBeNull();
  });

  it('is as the journal says, whatever it is now', () => {
    const journal = [write(3, { status: 'won' }, null)];
    expect(held(isWon, { journal, row: () => ({ status: 'lost' }) })?.at).toBe(0);
    expect(held({ ...isWon, columns: {} }, { journal })?.at).toBe(0);
  });

  it('is still so at a later moment, until it is changed', () => {
    const lost = [write(2, { status: 'won' }, { status: 'lost' })];
    const calls = [call(1, 'a'), call(2, 'b'), call(3, 'c')];
    const past = history({ calls, journal: lost });
    const from = (operation: string) => firstHeld(condition({ on: 'call', service: 'crm', operation }), past);
    expect(firstHeld(condition(isWon), past, from('a') ?? undefined)?.call).toBe(1);
    expect(firstHeld(condition(isWon), past, from('b') ?? undefined)).toBeNull();
  });
});

describe('words', () => {
  const turns = [
    { from: 'user' as const, text: 'Which one? The budget?', at: micros(0) },
    { from: 'agent' as const, text: 'I am looking.', at: micros(2 * SECOND) },
    { from: 'agent' as const, text: 'Which Anna do you mean?', at: micros(4 * SECOND) },
    { from: 'user' as const, text: 'The second.', at: micros(5 * SECOND) },
    { from: 'agent' as const, text: 'Done: ANNA has her mail.', at: micros(8 * SECOND) },
  ];

  it('are those of the agent', () => {
    expect(held({ on: 'said', pattern: 'budget' }, { turns })).toBeNull();
    expect(held({ on: 'said', pattern: 'anna' }, { turns })?.at).toBe(4 * SECOND);
    expect(held({ on: 'asks' }, { turns })?.at).toBe(4 * SECOND);
    expect(held({ on: 'asks', pattern: 'budget' }, { turns })).toBeNull();
  });

  it('are a reply after the last in a row', () => {
    const reply = condition({ on: 'reply' });
    const past = history({ turns });
    const first = firstHeld(reply, past);
    expect(first?.at).toBe(4 * SECOND);
    const after = firstHeld(condition({ on: 'time', seconds: 5 }), past);
    expect(firstHeld(reply, past, after ?? undefined)?.at).toBe(8 * SECOND);
  });

  it('without a time were the last that happened', () => {
    const past = history({ turns: [{ from: 'agent', text: 'Done.' }], calls: [call(7, 'a')] });
    const said = firstHeld(condition({ on: 'said', pattern: 'done' }), past);
    expect(
      firstHeld(condition({ on: 'call', service: 'crm', operation: 'a' }), past, said ?? undefined),
    ).toBeNull();
    expect(said?.at).toBe(past.now);
  });

  it('come before the call that begins at their time', () => {
    const past = history({
      turns: [{ from: 'agent', text: 'Looking.', at: micros(3 * SECOND) }],
      calls: [call(3, 'a')],
    });
    const said = firstHeld(condition({ on: 'said', pattern: 'looking' }), past);
    const called = firstHeld(condition({ on: 'call', service: 'crm', operation: 'a' }), past);
    expect(called?.place).toBeGreaterThan(said?.place ?? Number.NaN);
  });
});

describe('time', () => {
  it('has passed at the first moment after', () => {
    expect(held({ on: 'time', seconds: 2.5 }, { calls: [call(2, 'a'), call(3, 'b')] })?.call).toBe(3);
    expect(held({ on: 'time', seconds: 100 }, {})?.at).toBe(100 * SECOND);
    expect(held({ on: 'time', seconds: 100.5 }, {})).toBeNull();
  });
});

describe('the present', () => {
  it('comes before whatever happens next', () => {
    const before = history({ calls: [call(1, 'a')], now: micros(SECOND) });
    const present = presentOf(before);
    const after = { ...before, calls: [...before.calls, call(2, 'a')], now: micros(3 * SECOND) };
    const again = condition({ on: 'call', service: 'crm', operation: 'a' });
    expect(firstHeld(again, before, present)).toBeNull();
    expect(firstHeld(again, after, present)?.call).toBe(2);
  });
});
