import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import OpenAI from 'openai';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openAnswerCache } from './answer-cache.ts';
import { type ChatDeps, chat } from './chat.ts';
import { calls, openCompany, says } from './example-company.ts';
import { flush, startTelemetry } from './telemetry.ts';
import { defineTool } from './tool.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startTelemetry({ name: 'test', version: '1' }, { exporter });
afterEach(async () => {
  await flush();
  exporter.reset();
});
afterAll(() => telemetry.shutdown());

type Model = Parameters<typeof openCompany>[1];

async function withModel<T>(model: Model, work: (deps: ChatDeps, seen: unknown[]) => Promise<T>): Promise<T> {
  const company = await openCompany(() => null, model);
  const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey, OPENAI_MODEL } = company.environment;
  const deps: ChatDeps = {
    openai: new OpenAI({ baseURL, apiKey }),
    model: OPENAI_MODEL,
    tools: [look],
    conversation: { id: 'c1', agent: { name: 'test', version: '1' } },
    signal: new AbortController().signal,
  };
  return work(deps, company.seen).finally(() => company.close());
}

const look = defineTool(
  'look',
  'Looks.',
  { parameters: z.strictObject({ at: z.string() }), writes: false },
  () => ({ api: 'eye', method: 'GET', path: '/' }),
);
const ask = (deps: ChatDeps, text = 'Hello?') => chat(deps, 'Be brief.', [{ role: 'user', content: text }]);
const spans = async () => {
  await flush();
  return exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes }));
};

describe('a streamed call of a model', () => {
  it('tells the pieces, and ends with the whole answer, its usage and the time to its first piece', async () => {
    await withModel(
      () => says('Good morning.'),
      async (deps) => {
        const pieces: string[] = [];
        const whole = await ask(deps);
        const choice = await ask({ ...deps, onText: (piece) => pieces.push(piece) });
        expect(pieces).toEqual(['Good mo', 'rning.']);
        expect(choice.message.content).toBe(whole.message.content);
        const [plain, streamed] = await spans();
        expect(streamed?.attributes).toMatchObject({
          'gen_ai.request.stream': true,
          'gen_ai.response.time_to_first_chunk': expect.any(Number),
          'gen_ai.usage.input_tokens': 120,
          'gen_ai.usage.output_tokens': 30,
          'gen_ai.response.finish_reasons': ['stop'],
        });
        expect(plain?.attributes).not.toHaveProperty('gen_ai.response.time_to_first_chunk');
        expect(streamed?.attributes['gen_ai.output.messages']).toBe(
          plain?.attributes['gen_ai.output.messages'],
        );
      },
    );
  });

  it('calls tools too', async () => {
    await withModel(
      () => calls(['look', { at: 'the sky' }]),
      async (deps) => {
        const choice = await ask({ ...deps, onText: () => {} });
        expect(choice.message.tool_calls).toMatchObject([
          { function: { name: 'look', arguments: '{"at":"the sky"}' } },
        ]);
      },
    );
  });
});

describe('a cached answer', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'answers-'));

  it('is given without a call of the model, also by another process, and its span counts for none', async () => {
    await withModel(
      (call) => says(`Answer ${call}`),
      async (deps, seen) => {
        const place = folder();
        const first = await ask({ ...deps, cache: openAnswerCache(place) });
        const again = await ask({ ...deps, cache: openAnswerCache(place) }, ' Hello? ');
        expect([first.message.content, again.message.content]).toEqual(['Answer 1', 'Answer 1']);
        expect(seen).toHaveLength(1);
        const [, cached] = await spans();
        expect(cached?.name).toBe('cached chat gpt-test');
        expect(cached?.attributes).not.toHaveProperty('gen_ai.operation.name');
        expect(cached?.attributes).not.toHaveProperty('gen_ai.usage.input_tokens');
      },
    );
  });

  it.each([
    ['another question', (deps: ChatDeps) => ask(deps, 'Hello again?')],
    ['another model', (deps: ChatDeps) => ask({ ...deps, model: 'gpt-other' })],
    ['other tools', (deps: ChatDeps) => ask({ ...deps, tools: [] })],
  ])('is not given to %s', async (_, other) => {
    await withModel(
      (call) => says(`Answer ${call}`),
      async (deps) => {
        const cache = openAnswerCache(folder());
        await ask({ ...deps, cache });
        expect((await other({ ...deps, cache })).message.content).toBe('Answer 2');
      },
    );
  });

  it('is done without where it cannot be kept', async () => {
    await withModel(
      (call) => says(`Answer ${call}`),
      async (deps) => {
        const cache = openAnswerCache('/dev/null/nowhere');
        await ask({ ...deps, cache });
        expect((await ask({ ...deps, cache })).message.content).toBe('Answer 2');
      },
    );
  });
});
