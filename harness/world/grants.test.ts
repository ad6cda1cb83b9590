import { describe, expect, it } from 'vitest';
import { call, exampleWorld, ITEMS, LETTERS } from './example-world.ts';
import type { World } from './world.ts';

const principals = {
  agent: { read: ['notes.*'], write: ['notes.items.text'] },
  'mail-writer': { read: [], write: ['post.outbox'] },
};
const bearer = (world: World, name: string) => ({
  authorization: `Bearer ${world.environment[`${name}_TOKEN`]}`,
});
const enforcing = () => exampleWorld({ grants: { enforced: true, principals } });

describe('principals', () => {
  it('are known by the tokens in the environment, which the seed decides', () => {
    const { environment } = enforcing();
    expect(environment.AGENT_TOKEN).toMatch(/^agent-[0-9a-f]{32}$/);
    expect(environment.MAIL_WRITER_TOKEN).toMatch(/^mail-writer-/);
    expect(enforcing().environment).toEqual(environment);
    const other = exampleWorld({ grants: { principals } }, { seed: 'another' });
    expect(other.environment.AGENT_TOKEN).not.toBe(environment.AGENT_TOKEN);
    expect(Object.keys(exampleWorld().environment)).toEqual(['NOTES_URL', 'POST_URL']);
  });

  it('stand in the record of each call and each write', async () => {
    const world = enforcing();
    await call(world, 'POST', LETTERS, {}, bearer(world, 'MAIL_WRITER'));
    await call(world, 'GET', ITEMS, undefined, bearer(world, 'AGENT'));
    await call(world, 'GET', ITEMS);
    expect(world.calls.map(({ principal }) => principal)).toEqual(['mail-writer', 'agent', 'agent']);
    expect(world.journal[0]?.call.principal).toBe('mail-writer');
  });

  it('are nobody with a token that nobody has, but only where there are grants', async () => {
    const stranger = { authorization: 'Bearer sk-1' };
    const world = enforcing();
    const answer = await call(world, 'GET', ITEMS, undefined, stranger);
    expect([answer.status, answer.body.error.code, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'unknown_token',
      'Bearer',
    ]);
    expect(world.calls).toMatchObject([{ operation: 'items.list', status: 401, reads: [] }]);
    expect((await call(world, 'GET', ITEMS, undefined, { authorization: 'Basic eDp5' })).status).toBe(200);
    expect((await call(exampleWorld(), 'GET', ITEMS, undefined, stranger)).status).toBe(200);
  });
});

describe('reads', () => {
  it('are the tables that a reading operation looked into', async () => {
    const world = exampleWorld();
    await call(world, 'GET', ITEMS);
    await call(world, 'GET', `${ITEMS}/nobody`);
    await call(world, 'PATCH', `${ITEMS}/429815`, { text: 'x' });
    expect(world.calls.map(({ reads }) => reads)).toEqual([['notes.items'], ['notes.items'], []]);
  });
});

describe('enforced grants', () => {
  it('refuse a read outside of them before anything is seen', async () => {
    const world = enforcing();
    const url = `${ITEMS}/429815`;
    const answer = await call(world, 'GET', url, undefined, bearer(world, 'MAIL_WRITER'));
    expect([answer.status, answer.body.error.message]).toEqual([
      403,
      'mail-writer may not read notes.items, as items.get would',
    ]);
    expect(world.calls[0]).toMatchObject({ status: 403, reads: [] });
  });

  it('refuse a write outside of them, and one column more than granted', async () => {
    const world = enforcing();
    const url = `${ITEMS}/429815`;
    expect((await call(world, 'POST', LETTERS, {})).status).toBe(403);
    expect((await call(world, 'DELETE', url)).status).toBe(403);
    expect((await call(world, 'PATCH', url, { text: 'a', lot: 2 })).status).toBe(403);
    expect([world.journal, world.defect]).toEqual([[], null]);
    expect((await call(world, 'PATCH', url, { text: 'a' })).status).toBe(200);
    expect(world.journal).toHaveLength(1);
  });

  it('do not remember a refused request by its key', async () => {
    const world = enforcing();
    const key = { 'idempotency-key': 'k' };
    expect((await call(world, 'POST', LETTERS, {}, key)).status).toBe(403);
    const granted = { ...key, ...bearer(world, 'MAIL_WRITER') };
    expect((await call(world, 'POST', LETTERS, {}, granted)).status).toBe(201);
  });
});

describe('grants that are not enforced', () => {
  it('let it happen', async () => {
    const world = exampleWorld({ grants: { principals } });
    expect((await call(world, 'POST', LETTERS, {})).status).toBe(201);
    expect(world.journal).toHaveLength(1);
  });
});

it.each([
  [{ agent: { read: ['notes.itemz'], write: [] } }, 'table to read'],
  [{ agent: { read: [], write: ['nots.*'] } }, 'table to write'],
  [{ agent: { read: [], write: ['notes.itemz.text'] } }, 'table to write'],
])('grants of %j are a slip', (principals, what) => {
  expect(() => exampleWorld({ grants: { principals } })).toThrow(what);
});
