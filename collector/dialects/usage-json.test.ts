import { describe, expect, it } from 'vitest';
import { usageOfJson } from './usage-json.ts';

describe('usageOfJson', () => {
  const truth = { input: 56, cacheRead: 64, cacheWrite: null, output: 22, reasoning: 8 };

  it.each([
    [
      'Langfuse, details taken out',
      { input: 56, output: 22, total: 150, input_cached_tokens: 64, output_reasoning_tokens: 8 },
    ],
    [
      'Langfuse, made by hand with details within',
      { input: 120, output: 30, total: 150, input_cached_tokens: 64, output_reasoning_tokens: 8 },
    ],
    [
      'Langfuse, without a total',
      { input: 56, output: 22, input_cached_tokens: 64, output_reasoning_tokens: 8 },
    ],
    [
      'OpenAI’s chat',
      {
        prompt_tokens: 120,
        completion_tokens: 30,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 64 },
        completion_tokens_details: { reasoning_tokens: 8 },
      },
    ],
    [
      'LangChain',
      {
        input_tokens: 120,
        output_tokens: 30,
        total_tokens: 150,
        input_token_details: { cache_read: 64 },
        output_token_details: { reasoning: 8 },
      },
    ],
  ])('%s', (_, value) => {
    expect(usageOfJson(value)).toEqual(truth);
  });

  it('reads Anthropic’s, in which cached tokens stand beside the input', () => {
    const usage = { input_tokens: 100, output_tokens: 30, cache_read_input_tokens: 64 };
    expect(usageOfJson({ ...usage, cache_creation_input_tokens: 16 })).toEqual({
      input: 100,
      cacheRead: 64,
      cacheWrite: 16,
      output: 30,
      reasoning: null,
    });
    expect(
      usageOfJson({ ...usage, input_cache_creation_5m: 10, input_cache_creation_1h: 6 })?.cacheWrite,
    ).toBe(16);
  });

  it('keeps audio with the side it was taken from', () => {
    const usage = { input: 50, input_cached_tokens: 64, input_audio_tokens: 6, output: 30 };
    expect(usageOfJson({ ...usage, total: 150 })).toMatchObject({ input: 56, cacheRead: 64, output: 30 });
    expect(usageOfJson({ ...usage, input: 120, total: 150 })).toMatchObject({ input: 56, cacheRead: 64 });
  });

  it.each([null, 'text', 7, [], {}, { input: 'many' }, { input: -1 }, { input: 1.5 }])(
    'reads %j as none',
    (value) => {
      expect(usageOfJson(value)).toBeNull();
    },
  );
});
