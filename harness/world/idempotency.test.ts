import { describe, expect, it } from 'vitest';
import { call, exampleWorld, ITEMS, LETTERS } from './example-world.ts';

const key = { 'idempotency-key': 'k1' };
const lateAnswer = () =>
  exampleWorld({
    faults: [
      { service: 'post', operation: 'letters.send', call: 1, fault: { kind: 'timeout-after-commit' } },
    ],
  });

describe('a retry after a time-out that came after the write', () => {
  it('writes twice when it is blind', async () => {
    const world = lateAnswer();
    await call(world, 'POST', LETTERS, { to: 'lee' });
    await call(world, 'POST', LETTERS, { to: 'lee' });
    expect(world.journal.map(({ key }) => key)).toEqual(['letter_1', 'letter_2']);
  });

  it('writes once with the key of the first try, and gets its answer', async () => {
    const world = lateAnswer();
    expect((await call(world, 'POST', LETTERS, { to: 'lee' }, key)).status).toBe(504);
    const retry = await call(world, 'POST', LETTERS, { to: 'lee' }, key);
    expect([retry.status, retry.body]).toEqual([201, { to: 'lee', id: 'letter_1' }]);
    expect(retry.headers.get('idempotency-replayed')).toBe('true');
    expect(world.journal).toHaveLength(1);
    expect(world.calls).toMatchObject([
      { idempotencyKey: 'k1', replayOf: null, status: 504 },
      { idempotencyKey: 'k1', replayOf: 1, status: 201 },
    ]);
  });
});

describe('an idempotency key', () => {
  it('that comes with another body or for another operation is refused, and nothing is written', async () => {
    const world = exampleWorld();
    await call(world, 'POST', ITEMS, { text: 'a', n: 1 }, key);
    const other = await call(world, 'POST', ITEMS, { text: 'b', n: 1 }, key);
    expect([other.status, other.body.error.message]).toEqual([
      422,
      'the idempotency key "k1" came with another request in call 1: take a new key for a new request',
    ]);
    expect((await call(world, 'PATCH', `${ITEMS}/429815`, { text: 'a', n: 1 }, key)).status).toBe(422);
    expect((await call(world, 'POST', ITEMS, { n: 1, text: 'a' }, key)).status).toBe(201);
    expect(world.journal).toHaveLength(1);
  });

  it('of a refused request is free for the mended one', async () => {
    const world = exampleWorld();
    expect((await call(world, 'PATCH', `${ITEMS}/nobody`, { text: 'a' }, key)).status).toBe(404);
    expect((await call(world, 'PATCH', `${ITEMS}/429815`, { text: 'a' }, key)).status).toBe(200);
  });

  it('means nothing to a read, to another service, and when it is new', async () => {
    const world = exampleWorld();
    await call(world, 'POST', ITEMS, { text: 'a' }, key);
    expect((await call(world, 'GET', ITEMS, undefined, key)).body).toHaveLength(3);
    expect((await call(world, 'POST', LETTERS, { text: 'a' }, key)).status).toBe(201);
    await call(world, 'POST', ITEMS, { text: 'a' }, { 'idempotency-key': 'k2' });
    expect(world.journal).toHaveLength(3);
  });

  it('survives a fault on the way back: what is kept is what the service said', async () => {
    const world = exampleWorld({
      faults: [{ service: 'post', operation: 'letters.send', call: 1, fault: { kind: 'malformed' } }],
    });
    await call(world, 'POST', LETTERS, { to: 'lee' }, key);
    expect((await call(world, 'POST', LETTERS, { to: 'lee' }, key)).body).toEqual({
      to: 'lee',
      id: 'letter_1',
    });
  });
});
