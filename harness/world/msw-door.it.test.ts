import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { afterAll, describe, expect, it } from 'vitest';
import { WorldSpec } from '../../domain/world-spec.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import { notes, post, twoNotes } from './example-services.ts';
import { openDoor } from './msw-door.ts';
import { randomStream } from './random.ts';
import { createWorld } from './world.ts';

const server = createServer((_, response) => response.end('real'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const realOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const door = openDoor({ passthrough: [`${realOrigin}/v1`], telemetry: [`${realOrigin}/v1/traces`] });
afterAll(() => {
  door.close();
  server.close();
});

const parrot: SimulatedModel = {
  name: 'sim/parrot',
  move: ({ messages }) => ({ text: `${messages.at(-1)?.content}!` }),
};

function freshWorld(seed: string, userUrl?: string) {
  return createWorld({
    spec: WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['notes', 'post'], fixtures: ['two'] }),
    services: [notes, post],
    fixtures: { two: twoNotes },
    seed,
    model: parrot,
    ...(userUrl === undefined ? {} : { userUrl }),
  });
}

describe('the door', () => {
  it('keeps twenty overlapping trials apart, through fetch and through the openai package', async () => {
    const play = async (name: string) => {
      const world = freshWorld(name);
      await door.inside(world, async () => {
        const { NOTES_URL, OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL } = world.environment;
        const openai = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: OPENAI_API_KEY });
        for (let round = 0; round < 3; round++) {
          const answer = await openai.chat.completions.create({
            model: OPENAI_MODEL ?? '',
            messages: [{ role: 'user', content: `${name} ${round}` }],
          });
          const text = answer.choices[0]?.message.content;
          await fetch(`${NOTES_URL}/items`, { method: 'POST', body: JSON.stringify({ text }) });
        }
      });
      return world;
    };
    const names = Array.from({ length: 20 }, (_, index) => `trial-${index}`);
    const worlds = await Promise.all(names.map(play));
    for (const [index, world] of worlds.entries()) {
      const texts = world.journal.map((effect) => effect.after?.text);
      expect(texts).toEqual([0, 1, 2].map((round) => `${names[index]} ${round}!`));
      expect(world.modelCalls).toBe(3);
    }
  });

  it('never mixes trials up on connections that are kept alive', async () => {
    const random = randomStream('door', 'pauses');
    const play = async (name: string) => {
      const world = freshWorld(name);
      await door.inside(world, async () => {
        for (let round = 0; round < 25; round++) {
          const write = fetch('http://notes.rehearse.test/items', {
            method: 'POST',
            body: JSON.stringify({ name }),
          });
          const read = fetch('http://notes.rehearse.test/items/429815').then((answer) => answer.text());
          const answers = await Promise.all([write.then((answer) => answer.json()), read]);
          expect(answers[0].name).toBe(name);
          await new Promise((resolve) => setTimeout(resolve, random() * 3));
        }
      });
      return world;
    };
    const names = Array.from({ length: 20 }, (_, index) => `trial-${index}`);
    const worlds = await Promise.all(names.map(play));
    for (const [index, world] of worlds.entries()) {
      expect(new Set(world.journal.map((effect) => effect.after?.name))).toEqual(new Set([names[index]]));
      expect([world.journal.length, world.calls.length]).toEqual([25, 50]);
    }
  });

  it('frees its connections and lets timers fire while an agent calls without a pause', async () => {
    const world = freshWorld('busy');
    let fired = false;
    const timer = setTimeout(() => {
      fired = true;
    });
    await door.inside(world, async () => {
      for (let call = 0; call < 200; call++) await (await fetch('http://notes.rehearse.test/items')).text();
    });
    clearTimeout(timer);
    expect(fired).toBe(true);
    const sockets = process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap');
    expect(sockets.length).toBeLessThan(50);
  });

  it('catches node:http as well as fetch', async () => {
    const world = freshWorld('http');
    await door.inside(
      world,
      () =>
        new Promise<void>((resolve) => {
          get('http://notes.rehearse.test/items/429815', (response) => {
            response.resume();
            response.on('end', resolve);
          });
        }),
    );
    expect(world.calls.map((call) => [call.operation, call.status])).toEqual([['items.get', 200]]);
  });

  it('blocks a WebSocket to an unknown host', async () => {
    const world = freshWorld('websocket');
    await door.inside(
      world,
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = new WebSocket('ws://evil.test/out');
          socket.onopen = () => reject(new Error('it is open'));
          socket.onerror = () => resolve();
        }),
    );
    expect(world.journal.map(({ operation, key }) => [operation, key])).toEqual([
      ['egress', 'http://evil.test/out'],
    ]);
  });

  it('lets the named URLs through with what is below them, and blocks every other', async () => {
    const world = freshWorld('egress');
    await door.inside(world, async () => {
      for (const path of ['/v1', '/v1/', '/v1/traces', '/v1/chat/completions'])
        expect(await (await fetch(`${realOrigin}${path}`)).text()).toBe('real');
      for (const path of ['/', '/api/runs/r', '/v10', '/v1/../api/runs'])
        expect((await fetch(`${realOrigin}${path}`, { method: 'PUT' })).status).toBe(403);
      expect((await fetch('http://127.0.0.1:4319/v1')).status).toBe(403);
    });
    expect(world.journal.map((effect) => effect.key.replace(realOrigin, ''))).toEqual([
      '/',
      '/api/runs/r',
      '/v10',
      '/api/runs',
      'http://127.0.0.1:4319/v1',
    ]);
  });

  it('blocks a WebSocket to an unknown host, and lets one through to the user', async () => {
    const open = (url: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
        socket.onclose = ({ code }) => resolve(`closed with ${code}`);
      });
    const handshakes: string[] = [];
    server.on('upgrade', (request, socket) => {
      handshakes.push(request.url ?? '');
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    });
    const world = freshWorld('sockets', `${realOrigin.replace('http', 'ws')}/u/secret`);
    await door.inside(world, async () => {
      await open(`${realOrigin.replace('http', 'ws')}/u/other`);
      await open(world.environment.USER_URL ?? '');
    });
    expect(handshakes).toEqual(['/u/secret']);
    expect(world.journal.map(({ operation, key }) => [operation, key])).toEqual([
      ['egress', `${realOrigin}/u/other`],
    ]);
  });

  it('lets a later trial through on a connection that an earlier one has opened', async () => {
    const call = () => fetch(`${realOrigin}/v1/chat`).then((answer) => answer.text());
    const callByHttp = () =>
      new Promise<string>((resolve, reject) => {
        get(`${realOrigin}/v1/chat`, (response) => response.on('data', (chunk) => resolve(String(chunk)))).on(
          'error',
          reject,
        );
      });
    for (const trial of ['first', 'second', 'third']) {
      await door.inside(freshWorld(trial), async () => {
        expect([await call(), await callByHttp()]).toEqual(['real', 'real']);
      });
    }
  });

  it('is shut to an agent that works on after its trial, but for its spans', async () => {
    const [world, beside] = [freshWorld('over'), freshWorld('beside')];
    const { promise: trialOver, resolve: endTrial } = Promise.withResolvers<void>();
    let leftBehind: Promise<unknown[]> = Promise.resolve([]);
    const neighbour = door.inside(beside, async () => {
      await leftBehind.then(() => fetch('http://notes.rehearse.test/items'));
    });
    await door.inside(world, async () => {
      leftBehind = trialOver.then(() =>
        Promise.all(
          ['http://notes.rehearse.test/items', `${realOrigin}/v1/chat`, `${realOrigin}/v1/traces`].map(
            (url) =>
              fetch(url).then(
                ({ status }) => status,
                () => 'no network',
              ),
          ),
        ),
      );
    });
    endTrial();
    expect(await leftBehind).toEqual(['no network', 'no network', 200]);
    await neighbour;
    expect([world.calls, beside.calls.length]).toEqual([[], 1]);
  });

  it('does not touch requests made outside any trial', async () => {
    expect(await (await fetch(realOrigin)).text()).toBe('real');
    await expect(fetch('http://notes.rehearse.test/items')).rejects.toThrow();
  });
});
