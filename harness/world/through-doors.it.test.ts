import { expect, it } from 'vitest';
import { fault } from '../scenario/faults.ts';
import type { Door } from './door.ts';
import { exampleWorld } from './example-world.ts';
import { openGateway } from './gateway.ts';
import { openDoor } from './msw-door.ts';

/** Tokens, keys and broken bodies are headers and bytes: they have to pass every door. */
async function playThrough(door: Door) {
  const world = exampleWorld({
    grants: {
      enforced: true,
      principals: { agent: { read: ['notes.*'], write: [] }, 'mail-writer': { read: [], write: ['post.*'] } },
    },
    faults: [
      fault('post', 'letters.send', 'timeout-after-commit', { call: 1 }),
      fault('post', 'letters.send', 'duplicate', { call: 2 }),
      fault('notes', 'items.list', 'malformed'),
    ],
  });
  const answers: [status: number, text: string, replayed: string | null][] = [];
  await door.inside(world, async (environment) => {
    const ask = async (url: string, headers: Record<string, string>, method = 'POST') => {
      const body = method === 'POST' ? JSON.stringify({ to: 'lee@acme.test' }) : null;
      const response = await fetch(url, { method, headers, body });
      const { status } = response;
      answers.push([status, await response.text(), response.headers.get('idempotency-replayed')]);
    };
    const letters = `${environment.POST_URL}/letters`;
    const writer = {
      authorization: `Bearer ${environment.MAIL_WRITER_TOKEN}`,
      'idempotency-key': 'letter to Lee',
    };
    await ask(letters, writer);
    await ask(letters, writer);
    await ask(letters, { authorization: `Bearer ${environment.AGENT_TOKEN}` });
    await ask(letters, { authorization: 'Bearer of-nobody' });
    await ask(`${environment.NOTES_URL}/items`, {}, 'GET');
  });
  return { answers, journal: world.journal, calls: world.calls };
}

it.each([
  ['the door of this process', () => openDoor({ passthrough: [] })],
  ['the gateway', () => openGateway({ direct: [] })],
])('%s passes on who asks, under which key, and where an answer breaks off', async (_, open) => {
  const door = await open();
  const { answers, journal, calls } = await playThrough(door).finally(() => door.close());
  expect(answers.map(([status, , replayed]) => [status, replayed])).toEqual([
    [504, null],
    [201, 'true'],
    [403, null],
    [401, null],
    [200, null],
  ]);
  expect(answers[4]?.[1]).toBe('[{"id":"constructor","text":"first');
  expect(journal.map(({ key, call }) => [key, call.principal])).toEqual([['letter_1', 'mail-writer']]);
  expect(calls.map(({ replayOf, redeliveryOf }) => [replayOf, redeliveryOf])).toEqual([
    [null, null],
    [1, null],
    [1, 2],
    [null, null],
    [null, null],
    [null, null],
  ]);
});
