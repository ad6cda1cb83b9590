import { describe, expect, it } from 'vitest';
import type { Row } from '../../../domain/effect.ts';
import type { Json } from '../../../domain/json.ts';
import { WorldSpec } from '../../../domain/world-spec.ts';
import { createWorld } from '../world.ts';
import { recorded } from './recorded.ts';

const answer = (id: string, tool: string, given: Json, result: Json, more: Row = {}): Row => ({
  id,
  tool,
  arguments: given,
  result,
  ...more,
});

function open(...answers: Row[]) {
  const spec = WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['recorded'], fixtures: ['trace'] });
  const fixtures = { trace: { 'recorded.answers': answers } };
  const world = createWorld({ spec, services: [recorded], fixtures, seed: '1' });
  const ask = async (tool: string, given: Json) => {
    const url = `${world.environment.RECORDED_URL}/tools/${encodeURIComponent(tool)}`;
    const response = await world.handle(new Request(url, { method: 'POST', body: JSON.stringify(given) }));
    return [response.status, await response.json()];
  };
  return { world, ask };
}

describe('a recorded tool', () => {
  it('answers a question as it was answered, whatever the order of its arguments', async () => {
    const { ask, world } = open(answer('a1', 'crm search/all', { q: 'Lee', page: 1 }, ['lee']));
    expect(await ask('crm search/all', { page: 1, q: 'Lee' })).toEqual([200, ['lee']]);
    expect(world.journal).toEqual([]);
  });

  it('answers one question in the order of its recordings, and then as the last', async () => {
    const { ask } = open(
      answer('a1', 'status', { id: 1 }, 'open'),
      answer('a2', 'status', { id: 2 }, 'other'),
      answer('a3', 'status', { id: 1 }, 'closed'),
    );
    const heard = [];
    for (const id of [1, 1, 2, 1]) heard.push((await ask('status', { id }))[1]);
    expect(heard).toEqual(['open', 'closed', 'other', 'closed']);
  });

  it('refuses what was never asked, and names the nearest recording', async () => {
    const { ask } = open(
      answer('a1', 'search', { q: 'Kim', page: 2 }, []),
      answer('a2', 'search', { q: 'Lee', page: 1 }, []),
    );
    expect(await ask('search', { q: 'Lee', page: 3 })).toEqual([
      404,
      {
        error: {
          code: 'not_recorded',
          message:
            '"search" was never asked this; the nearest recording, a2, differs in page (1 was recorded, now 3)',
        },
      },
    ]);
    expect(await ask('fly', {})).toEqual([
      404,
      { error: { code: 'not_recorded', message: '"fly" was never called; recorded are search' } },
    ]);
  });

  it('keeps every call of a tool that writes, in other words too', async () => {
    const { ask, world } = open(
      answer('a1', 'send', { to: 'lee', body: 'Hi' }, { id: 'm1' }, { writes: true }),
    );
    expect(await ask('send', { to: 'lee', body: 'Hi' })).toEqual([200, { id: 'm1' }]);
    expect(await ask('send', { to: 'kim', body: 'Hi', cc: null })).toEqual([200, { id: 'm1' }]);
    expect(world.journal.map(({ table, after }) => [table, after])).toEqual([
      ['recorded.effects', { id: 'effect_1', tool: 'send', 'arguments.to': 'lee', 'arguments.body': 'Hi' }],
      [
        'recorded.effects',
        {
          id: 'effect_2',
          tool: 'send',
          'arguments.to': 'kim',
          'arguments.body': 'Hi',
          'arguments.cc': null,
        },
      ],
    ]);
  });

  it('fails as it failed, and does nothing then', async () => {
    const { ask, world } = open(answer('a1', 'send', {}, null, { writes: true, error: 'no mailbox' }));
    expect(await ask('send', {})).toEqual([422, { error: { code: 'tool_failed', message: 'no mailbox' } }]);
    expect(world.journal).toEqual([]);
  });
});
