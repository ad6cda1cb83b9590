import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Row } from '../../domain/effect.ts';
import type { Fault } from '../../domain/fault.ts';
import type { Json } from '../../domain/json.ts';
import { twoNotes } from './example-services.ts';
import { call, exampleWorld, ITEMS, LETTERS } from './example-world.ts';
import type { World } from './world.ts';

/** What holds of every world, whatever is asked of it. */

type Ask = { method: string; url: string; body?: Json; key?: string };

const ids = fc.constantFrom('constructor', '429815', 'item_1', 'item_2', 'nobody');
const text = fc.record({ text: fc.string({ maxLength: 3 }) });
const ask: fc.Arbitrary<Ask> = fc.oneof(
  fc.constant({ method: 'GET', url: ITEMS }),
  ids.map((id) => ({ method: 'GET', url: `${ITEMS}/${id}` })),
  text.map((body) => ({ method: 'POST', url: ITEMS, body })),
  fc.tuple(ids, text).map(([id, body]) => ({ method: 'PATCH', url: `${ITEMS}/${id}`, body })),
  ids.map((id) => ({ method: 'DELETE', url: `${ITEMS}/${id}` })),
  fc
    .tuple(text, fc.constantFrom('k1', 'k2'))
    .map(([body, key]) => ({ method: 'POST', url: LETTERS, body, key })),
  fc.constant({ method: 'POST', url: 'https://evil.test/', body: 'x' }),
);
const asks = fc.array(ask, { maxLength: 12 });

const when = fc.record({ call: fc.integer({ min: 1, max: 4 }) });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc
    .tuple(
      when,
      fc.constantFrom<[string, string]>(
        ['notes', 'items.create'],
        ['notes', 'items.change'],
        ['post', 'letters.send'],
      ),
      fc.constantFrom<Fault['fault']>(
        { kind: 'duplicate' },
        { kind: 'timeout-after-commit' },
        { kind: 'timeout-before-commit' },
        { kind: 'malformed' },
        { kind: 'latency', seconds: 2 },
      ),
    )
    .map(([at, [service, operation], what]) => ({ ...at, service, operation, fault: what })),
  when.map((at): Fault => ({ ...at, service: 'notes', operation: 'items.list', fault: { kind: 'stale' } })),
);
const faults = fc.array(fault, { maxLength: 3 });

function put(world: World, { method, url, body, key }: Ask) {
  return call(world, method, url, body, key ? { 'idempotency-key': key } : {});
}

async function play(world: World, requests: readonly Ask[]): Promise<World> {
  for (const request of requests) await put(world, request);
  return world;
}

/** The rows after a journal: what was there, and each write in turn. */
function replay(start: readonly Row[], journal: readonly Effect[]): Row[] {
  const rows = new Map(start.map((row) => [String(row.id), row]));
  for (const { operation, key, before, after } of journal) {
    expect(rows.get(key) ?? null).toEqual(before);
    if (operation === 'insert' || operation === 'update') rows.set(key, after ?? {});
    if (operation === 'delete') rows.delete(key);
  }
  return [...rows.values()];
}

describe('every world', () => {
  it('is its fixture and its journal: the one replayed over the other gives its rows', async () => {
    await fc.assert(
      fc.asyncProperty(asks, faults, async (requests, planned) => {
        const world = await play(exampleWorld({ faults: planned }), requests);
        const journal = world.journal.filter(({ table }) => table === 'notes.items');
        const rows = replay(twoNotes['notes.items'] ?? [], journal);
        for (const row of rows) expect(world.row('notes.items', String(row.id))).toEqual(row);
        const { body } = await call(world, 'GET', ITEMS);
        const isStale = world.calls.at(-1)?.fault === 'stale';
        expect(body).toEqual(isStale ? twoNotes['notes.items'] : rows);
      }),
    );
  });

  it('gives the same journal and calls for the same seed and requests, whatever other worlds do meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(asks, asks, faults, async (requests, others, planned) => {
        const alone = await play(exampleWorld({ faults: planned }), requests);
        const [one, other] = [exampleWorld({ faults: planned }), exampleWorld({}, { seed: 'another' })];
        for (let index = 0; index < Math.max(requests.length, others.length); index++) {
          const [mine, theirs] = [requests[index], others[index]];
          await Promise.all([theirs && put(other, theirs), mine && put(one, mine)]);
        }
        expect(one.journal).toEqual(alone.journal);
        expect(one.calls).toEqual(alone.calls);
        expect(one.now).toBe(alone.now);
      }),
    );
  });

  it('keeps its writes to itself', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async (requests) => {
        const [busy, idle] = [exampleWorld(), exampleWorld()];
        await play(busy, requests);
        expect((await call(idle, 'GET', ITEMS)).body).toEqual(twoNotes['notes.items']);
        expect(idle.journal).toEqual([]);
      }),
    );
  });

  it('journals what its calls wrote and nothing else: each write belongs to a call that was answered', async () => {
    await fc.assert(
      fc.asyncProperty(asks, faults, async (requests, planned) => {
        const { journal, calls } = await play(exampleWorld({ faults: planned }), requests);
        expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, index) => index + 1));
        expect(calls.map(({ number }) => number)).toEqual(calls.map((_, index) => index + 1));
        for (const { call: by } of journal) {
          expect(calls[by.number - 1]).toMatchObject(by);
          expect(calls[by.number - 1]?.replayOf).toBeNull();
        }
      }),
    );
  });
});
