import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { WorldSpec } from '../../domain/world-spec.ts';
import { notes } from '../world/example-services.ts';
import { createWorld } from '../world/world.ts';
import type { SimulatedModel } from './simulated-model.ts';

/** Calls two tools when asked to work, else talks. */
const worker: SimulatedModel = {
  name: 'sim/worker',
  move({ messages, tools }) {
    const last = messages.at(-1);
    if (last?.content === 'break') throw new Error('no such policy');
    if (last?.role !== 'user' || tools.length === 0)
      return { text: `Done: ${last?.content}. Grüße 🙂, as agreed.` };
    return {
      calls: tools.map((tool, index) => ({ tool, arguments: { query: 'who is lee@acme.test?', index } })),
    };
  },
};

function connect(limit?: number) {
  const world = createWorld({
    spec: WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['notes'] }),
    services: [notes],
    fixtures: {},
    seed: 'a seed',
    model: worker,
    ...(limit === undefined ? {} : { modelCallLimit: limit }),
  });
  const openai = new OpenAI({
    baseURL: world.environment.OPENAI_BASE_URL,
    apiKey: 'simulated',
    fetch: (url, init) => world.handle(new Request(url, init)),
  });
  return { world, openai };
}

const user = (content: string) => ({ role: 'user' as const, content });
const tools = ['find', 'read'].map((name) => ({
  type: 'function' as const,
  function: { name, parameters: { type: 'object', properties: {} } },
}));
const model = 'sim/worker';

describe('the chat endpoint, through the openai package', () => {
  it('answers with text and an estimate of the tokens', async () => {
    const { openai, world } = connect();
    const answer = await openai.chat.completions.create({ model, messages: [user('x'.repeat(400))] });
    expect(answer).toMatchObject({
      id: 'chatcmpl-1',
      model,
      created: Date.parse('2026-03-02T09:00:00Z') / 1000,
    });
    expect(answer.choices).toMatchObject([{ finish_reason: 'stop', message: { role: 'assistant' } }]);
    expect(answer.usage).toMatchObject({ prompt_tokens: 100, completion_tokens: 107, total_tokens: 207 });
    expect(world.modelUsage).toMatchObject({ input: 100, output: 107 });
    expect(world.now).toBe(Date.parse('2026-03-02T09:00:00Z') * 1000 + 300_000 + 107 * 15_000);
  });

  it('calls tools with ids that are unique in the trial', async () => {
    const { openai } = connect();
    const ask = () => openai.chat.completions.create({ model, tools, messages: [user('go')] });
    const ids = [await ask(), await ask()].flatMap(({ choices }) =>
      choices[0]?.message.tool_calls?.map(({ id }) => id),
    );
    expect(ids).toEqual(['call_1_1', 'call_1_2', 'call_2_1', 'call_2_2']);
  });

  it.each([
    ['text', { messages: [user('hello')] }],
    ['tool calls', { messages: [user('go')], tools }],
  ])('streams %s that add up to the whole answer', async (_, request) => {
    const whole = await connect().openai.chat.completions.create({ model, ...request });
    const stream = connect().openai.chat.completions.stream({
      model,
      ...request,
      stream_options: { include_usage: true },
    });
    const streamed = await stream.finalChatCompletion();
    expect(streamed.choices[0]?.finish_reason).toBe(whole.choices[0]?.finish_reason);
    expect(streamed.choices[0]?.message.content).toEqual(whole.choices[0]?.message.content);
    const callsOf = (answer: typeof whole) =>
      answer.choices[0]?.message.tool_calls?.map((call) =>
        'function' in call ? [call.id, call.function.name, call.function.arguments] : call,
      );
    expect(callsOf(streamed)).toEqual(callsOf(whole));
    expect(streamed.usage).toEqual(whole.usage);
  });

  it('streams usage only where it is asked for', async () => {
    const stream = await connect().openai.chat.completions.create({
      model,
      messages: [user('hello')],
      stream: true,
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.filter((chunk) => 'usage' in chunk)).toEqual([]);
  });

  it('lists its model and its small sibling', async () => {
    const ids = [];
    for await (const { id } of connect().openai.models.list()) ids.push(id);
    expect(ids).toEqual([model, `${model}-small`]);
  });

  it.each([
    [{ model, messages: [] }, 400, 'messages'],
    [{ model, messages: [{ role: 'robot', content: 'x' }] }, 400, 'messages[0].role'],
    [{ model, messages: [user('x')], n: 2 }, 400, 'n'],
    [{ model: 'gpt-4o', messages: [user('x')] }, 404, 'model'],
  ])('refuses %j as OpenAI does', async (body, status, param) => {
    const { openai, world } = connect();
    await expect(openai.chat.completions.create(body as never)).rejects.toMatchObject({ status, param });
    expect(world.modelCalls).toBe(0);
  });

  it('stops at the limit, without a retry, and notes it', async () => {
    const { openai, world } = connect(1);
    const ask = () => openai.chat.completions.create({ model, messages: [user('x')] });
    await ask();
    expect(world.cutOff).toBeNull();
    await expect(ask()).rejects.toMatchObject({ status: 429, code: 'model_call_limit' });
    expect([world.modelCalls, world.cutOff]).toEqual([1, 'the limit of 1 model calls was reached']);
  });

  it('takes what a policy throws for a defect of the world', async () => {
    const { openai, world } = connect();
    const broken = openai.chat.completions.create({ model, messages: [user('break')] }, { maxRetries: 0 });
    await expect(broken).rejects.toMatchObject({ status: 500 });
    expect(world.defect).toBe('the simulated model sim/worker broke: no such policy');
  });
});
