import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScenarioId } from '../../domain/ids.ts';
import { nanoUsd } from '../../domain/units.ts';
import { WorldSpec } from '../../domain/world-spec.ts';
import type { Door } from '../world/door.ts';
import { notes } from '../world/example-services.ts';
import { openGateway } from '../world/gateway.ts';
import { openDoor } from '../world/msw-door.ts';
import { createWorld, type World } from '../world/world.ts';
import { type CassetteMode, openCassette } from './cassette/cassette.ts';
import { json, startProvider } from './fake-provider.ts';
import type { ModelCall } from './model-call.ts';
import { createRealModel } from './real-model.ts';
import { directUpstream } from './upstream.ts';

const key = 'sk-a-key-that-nobody-may-see';
const ask = directUpstream();
const provider = await startProvider();
const door = openDoor({ passthrough: [] });
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cassette-'));
});
afterEach(() => rm(directory, { recursive: true }));
afterAll(() => {
  door.close();
  provider.close();
});

type Options = {
  mode?: CassetteMode | 'off';
  trial?: number;
  scenario?: string;
  path?: string;
  limit?: number;
  url?: string;
  door?: Door;
};
type Played<T> = { result: T; world: World; calls: ModelCall[]; asked: number };

/** Lets `play` be the agent of a trial whose model is real. */
async function trial<T>(
  play: (openai: OpenAI, world: World) => Promise<T>,
  options: Options = {},
): Promise<Played<T>> {
  const { mode = 'auto', scenario = 'desk/a', url = provider.url } = options;
  const cassette =
    mode === 'off'
      ? null
      : await openCassette(options.path ?? directory, {
          mode,
          secrets: [key],
          now: () => new Date('2026-03-02T09:00:00Z'),
        });
  const model = createRealModel({ name: 'gpt-4.1-mini', upstream: { url, apiKey: key }, ask, cassette });
  const calls: ModelCall[] = [];
  const world = createWorld({
    spec: WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['notes'] }),
    services: [notes],
    fixtures: {},
    seed: 'a seed',
    model: model.forTrial({ of: 'agent', scenario: scenario as ScenarioId, trial: options.trial ?? 0 }),
    priceOf: ({ input, output }) => nanoUsd((input ?? 0) + 10 * (output ?? 0)),
    onModelCall: (call) => calls.push(call),
    ...(options.limit === undefined ? {} : { modelCallLimit: options.limit }),
  });
  const before = provider.seen.length;
  const result = await (options.door ?? door).inside(world, ({ OPENAI_BASE_URL, OPENAI_API_KEY }) =>
    play(new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: OPENAI_API_KEY, maxRetries: 1 }), world),
  );
  await cassette?.close();
  return { result, world, calls, asked: provider.seen.length - before };
}

const model = 'gpt-4.1-mini';
const user = (content: string) => ({ role: 'user' as const, content });
const chat =
  (content: string, more: object = {}) =>
  async (openai: OpenAI) =>
    (await openai.chat.completions.create({
      model,
      messages: [user(content)],
      ...more,
    })) as OpenAI.ChatCompletion;
const text = (answer: OpenAI.ChatCompletion) => answer.choices[0]?.message.content;

describe('a real model', () => {
  it('is asked with its own key, which the agent never sees', async () => {
    const { result, world, calls } = await trial(chat('Hi'), { mode: 'off' });
    expect(text(result)).toMatch(/^Grüße \d+: Hi$/);
    expect(provider.seen.at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
    expect(JSON.stringify(world.environment)).not.toContain(key);
    expect(world.modelUsage).toEqual({
      input: 60,
      cacheRead: 40,
      cacheWrite: null,
      output: 15,
      reasoning: 5,
    });
    expect(calls).toMatchObject([
      {
        provider: '127.0.0.1',
        requested: model,
        responded: `${model}-2025-04-14`,
        status: 200,
        cost: 210,
        finishReason: 'stop',
        replayed: false,
      },
    ]);
    expect(world.now).toBeGreaterThan(Date.parse('2026-03-02T09:00:00Z') * 1000);
    expect([world.replayed, world.defect, world.journal]).toEqual([false, null, []]);
  });

  it('hands a 429 on as it is, tells when to ask again, and counts neither against the agent', async () => {
    provider.next((response) =>
      json(response, { error: { message: 'slow down' } }, 429, { 'retry-after-ms': '20' }),
    );
    const { result, calls, world } = await trial(chat('Hi'));
    expect(text(result)).toMatch(/Hi$/);
    expect(calls.map(({ status, retryAfter }) => [status, retryAfter])).toEqual([
      [429, 20],
      [200, null],
    ]);
    expect(world.defect).toBeNull();
  });

  it('that fails to the end leaves a trial that says nothing of the agent', async () => {
    const down = (response: Parameters<typeof json>[0]) =>
      json(response, { error: { message: 'down' } }, 503);
    provider.next(down, down);
    const { result, world } = await trial((openai) =>
      chat('Hi')(openai).catch((error: Error) => error.message),
    );
    expect(result).toMatch(/503 down/);
    expect(world.defect).toMatch(/^127\.0\.0\.1 answered 503/);
    const nobody = await trial((openai) => chat('Hi')(openai).catch((error: Error) => error.message), {
      url: 'http://127.0.0.1:9/v1',
    });
    expect(nobody.world.defect).toMatch(/^127\.0\.0\.1 gave no answer: fetch failed/);
    expect(nobody.calls.map(({ status }) => status)).toEqual([null, null]);
  });

  it('refuses calls above the limit', async () => {
    const { world, result } = await trial(
      async (openai) => {
        await chat('one')(openai);
        return chat('two')(openai).catch((error) => [error.status, error.code]);
      },
      { limit: 1 },
    );
    expect(result).toEqual([429, 'model_call_limit']);
    expect([world.modelCalls, world.cutOff]).toEqual([1, 'the limit of 1 model calls was reached']);
  });

  it('is not waited for by the services of the world', async () => {
    const held = Promise.withResolvers<void>();
    provider.next((response) => void held.promise.then(() => json(response, { choices: [] })));
    const { world } = await trial(
      async (openai) => {
        const slow = chat('Hi')(openai);
        await fetch('http://notes.rehearse.test/items');
        held.resolve();
        await slow;
      },
      { mode: 'off' },
    );
    expect([world.calls.length, world.modelCalls]).toEqual([1, 1]);
  });

  it('is hung up on when the agent hangs up', async () => {
    const gone = Promise.withResolvers<void>();
    provider.next((response) => void response.on('close', gone.resolve));
    const stop = new AbortController();
    const { world } = await trial(async (openai) => {
      const asked = openai.chat.completions.create(
        { model, messages: [user('Hi')] },
        { signal: stop.signal },
      );
      setTimeout(() => stop.abort(), 50);
      await asked.catch(() => undefined);
      await gone.promise;
    });
    expect(world.defect).toBeNull();
  });
});

describe('a cassette', () => {
  it('replays what it recorded, byte for byte and with its time, without asking', async () => {
    const talk = async (openai: OpenAI) => [
      await chat('Hi')(openai),
      await openai.responses.create({ model, input: 'Hi', temperature: 0.5 }),
      await openai.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] }),
    ];
    const first = await trial(talk);
    const second = await trial(talk);
    expect(second.result).toEqual(first.result);
    expect([first.asked, second.asked]).toEqual([3, 0]);
    expect([first.world.replayed, second.world.replayed]).toEqual([false, true]);
    expect(second.world.now).toBe(first.world.now);
    expect(second.calls.map((call) => ({ ...call, replayed: false }))).toEqual(first.calls);
    expect(first.calls.map(({ usage }) => [usage?.input, usage?.output])).toEqual([
      [60, 15],
      [7, 3],
      [4, null],
    ]);
  });

  it('replays a stream in its pieces', async () => {
    const listen = async (openai: OpenAI) => {
      const answer = await openai.chat.completions
        .create({ model, messages: [user('Hi')], stream: true, stream_options: { include_usage: true } })
        .asResponse();
      const pieces: string[] = [];
      const decoder = new TextDecoder();
      for await (const piece of answer.body ?? [])
        pieces.push(decoder.decode(piece as Uint8Array, { stream: true }));
      return pieces;
    };
    const first = await trial(listen);
    const second = await trial(listen);
    expect(first.result.length).toBeGreaterThan(5);
    expect(first.result.join('')).toContain('Grüße');
    expect(second.result.filter((piece) => piece !== '')).toEqual(
      first.result.filter((piece) => piece !== ''),
    );
    expect([second.asked, second.world.now]).toEqual([0, first.world.now]);
    const [call] = second.calls;
    expect(call?.usage).toEqual({ input: 60, cacheRead: 40, cacheWrite: null, output: 15, reasoning: 5 });
    expect(call?.finishReason).toBe('stop');
    // Five events with 15 ms within each: the first piece came well before the last.
    expect((call?.end ?? 0) - (call?.firstToken ?? 0)).toBeGreaterThan(40_000);
    expect(second.calls.map((one) => ({ ...one, replayed: false }))).toEqual(first.calls);
  });

  it('streams through the gateway too, to agents in any language', async () => {
    const gateway = await openGateway({ direct: [] });
    const listen = (openai: OpenAI) =>
      openai.chat.completions.stream({ model, messages: [user('Hi')] }).finalChatCompletion();
    const first = await trial(listen, { door: gateway });
    const second = await trial(listen, { door: gateway, mode: 'strict' });
    gateway.close();
    expect(second.result).toEqual(first.result);
    expect(text(second.result)).toMatch(/^Grüße/);
    expect(second.world.now).toBe(first.world.now);
  });

  it('works with the streaming helpers of the openai package', async () => {
    const listen = (openai: OpenAI) =>
      openai.chat.completions.stream({ model, messages: [user('Hi')] }).finalChatCompletion();
    const first = await trial(listen);
    const second = await trial(listen);
    expect(second.result).toEqual(first.result);
    expect(second.asked).toBe(0);
    expect(first.calls[0]?.usage).toBeNull();
  });

  it('keeps the trials and the repetitions of a request apart', async () => {
    const thrice = async (openai: OpenAI) => {
      const answers = [await chat('Hi')(openai), await chat('Hi')(openai), await chat('Hi')(openai)];
      return answers.map(text);
    };
    const first = await Promise.all([0, 1].map((index) => trial(thrice, { trial: index })));
    expect(new Set(first.flatMap(({ result }) => result)).size).toBe(6);
    const second = await Promise.all([0, 1].map((index) => trial(thrice, { trial: index, mode: 'strict' })));
    expect(second.map(({ result }) => result)).toEqual(first.map(({ result }) => result));
  });

  it('takes many trials at a time into one file', async () => {
    const path = join(directory, 'all.jsonl');
    const cassette = await openCassette(path, { mode: 'auto', secrets: [], now: () => new Date(0) });
    const body = (content: string) =>
      JSON.stringify({ messages: [{ content: 'the same for all' }, { content }] });
    const request = (index: number) => ({
      method: 'POST',
      path: '/chat/completions',
      search: '',
      text: body(`${index}`),
    });
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const tape = cassette.tape({ of: 'agent', scenario: 'desk/a', trial: index });
        const taken = await tape.take(request(index));
        if (taken.kind !== 'ask') throw new Error('expected nothing recorded');
        await taken.keep({ status: 200, headers: {}, chunks: [{ at: 1 as never, text: `answer ${index}` }] });
      }),
    );
    await cassette.close();
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines.filter((line) => line.includes('the same for all'))).toHaveLength(1);
    const again = await openCassette(path, { mode: 'strict', secrets: [], now: () => new Date(0) });
    const taken = await again.tape({ of: 'agent', scenario: 'desk/a', trial: 17 }).take(request(17));
    expect(taken).toMatchObject({ kind: 'replay', recording: { chunks: [[1, 'answer 17']] } });
  });

  it('asks again and replaces in mode record', async () => {
    const first = await trial(chat('Hi'));
    const second = await trial(chat('Hi'), { mode: 'record' });
    const third = await trial(chat('Hi'), { mode: 'strict' });
    expect(text(second.result)).not.toBe(text(first.result));
    expect(text(third.result)).toBe(text(second.result));
    expect([second.world.replayed, third.world.replayed]).toEqual([false, true]);
  });

  it('does not keep what a client tries again: 429, 5xx, a broken stream', async () => {
    const full = (response: Parameters<typeof json>[0]) =>
      json(response, { error: { message: 'full' } }, 429, { 'retry-after-ms': '1' });
    const broken = (response: Parameters<typeof json>[0]) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      setTimeout(() => response.destroy(), 20);
    };
    provider.next(full, broken);
    const first = await trial(async (openai) => {
      await chat('Hi')(openai).catch(() => undefined);
      return chat('Hi')(openai);
    });
    expect(first.asked).toBe(3);
    const second = await trial(chat('Hi'), { mode: 'strict' });
    expect(second.result).toEqual(first.result);
  });

  it('holds no key, no cookie and no account', async () => {
    await trial(chat(`my key is ${key}`));
    const [file] = await readdir(join(directory, 'desk'));
    const held = await readFile(join(directory, 'desk', file ?? ''), 'utf8');
    expect(held).toContain('my key is [api key]');
    expect(held).toContain('"x-request-id":"req_');
    for (const secret of [key, '__cf_bm', 'acme', 'Bearer']) expect(held).not.toContain(secret);
    expect((await trial(chat(`my key is ${key}`))).asked).toBe(0);
  });

  it('drops a line that was cut, and goes on behind it', async () => {
    const path = join(directory, 'one.jsonl');
    await trial(chat('one'), { path });
    await trial(chat('two'), { path });
    const held = await readFile(path, 'utf8');
    await writeFile(path, held.slice(0, -20));
    const [one, two] = [await trial(chat('one'), { path }), await trial(chat('two'), { path })];
    expect([one.asked, two.asked]).toEqual([0, 1]);
    expect((await trial(chat('two'), { path, mode: 'strict' })).asked).toBe(0);
    const cassette = await openCassette(path, { mode: 'auto', secrets: [], now: () => new Date(0) });
    expect(cassette.cutLines).toBe(1);
  });

  it('compares by its rules: what is ignored or masked makes no difference', async () => {
    const rules = {
      ignore: ['metadata', 'messages.*.name'],
      mask: [{ pattern: '\\d{4}-\\d\\d-\\d\\d', as: 'DAY' }],
    };
    await writeFile(join(directory, 'rules.json'), JSON.stringify(rules));
    const on = (day: string) => chat(`Today is ${day}.`, { metadata: { day } });
    await trial(on('2026-03-02'));
    expect((await trial(on('2026-03-03'), { mode: 'strict' })).asked).toBe(0);
    await writeFile(join(directory, 'rules.json'), '{}');
    const { world } = await trial((openai) => on('2026-03-03')(openai).catch(() => undefined));
    expect(world.defect).toMatch(/recorded by other rules/);
  });
});

describe('a miss in mode strict', () => {
  const missed = async (content: string, options: Options) => {
    const { result, world, asked } = await trial(
      (openai) => chat(content)(openai).catch((error) => [error.status, error.message]),
      { mode: 'strict', ...options },
    );
    expect(asked).toBe(0);
    return { result, defect: world.defect ?? '' };
  };

  it('fails loudly and shows in what the nearest recording differs', async () => {
    await trial(chat('Write to Lee at acme.test'));
    await trial(chat('Something quite different'), { trial: 1 });
    const { result, defect } = await missed('Write to Leo at acme.test', {});
    expect(result).toEqual([500, expect.stringContaining('nothing is recorded')]);
    expect(defect).toBe(
      'nothing is recorded for POST /chat/completions of desk/a #1; the nearest recording, desk/a #1, differs in:' +
        '\n  /body/messages/0/content: "Write to Lee at acme.test" was recorded, now "Write to Leo at acme.test"',
    );
  });

  it('says where the same request is recorded, and where nothing is', async () => {
    await trial(chat('Hi'));
    expect((await missed('Hi', { trial: 4 })).defect).toMatch(
      /the same request is recorded for desk\/a #1 only/,
    );
    expect((await missed('Hi', { scenario: 'desk/b' })).defect).toMatch(/no recording of this scenario/);
  });

  it.each([
    ['there is none', null, /expected a cassette to replay, found none/],
    ['it is something else', '# Notes\n', /expected a cassette, which begins with/],
    [
      'it was tampered with',
      '{"cassette":1,"rules":"x"}\n{"recording":{}}\n',
      /by other rules|neither a recording/,
    ],
  ])('is an error of its own where %s', async (_, content, message) => {
    const path = join(directory, 'file.jsonl');
    if (content !== null) await writeFile(path, content);
    const opening = openCassette(path, { mode: 'strict', secrets: [], now: () => new Date(0) });
    await expect(opening).rejects.toMatchObject({
      code: 'CASSETTE_UNREADABLE',
      message: expect.stringMatching(message),
    });
  });
});
