import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelNames } from './model-names.ts';

describe('modelNames', () => {
  it.each([
    ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
    ['claude-3-5-sonnet-20241022', 'claude-3-5-sonnet'],
    ['claude-3-5-sonnet-latest', 'claude-3-5-sonnet'],
    ['claude-sonnet-4@20250514', 'claude-sonnet-4'],
    ['openai/gpt-4o', 'gpt-4o'],
    ['openrouter/openai/GPT-4o', 'gpt-4o'],
    ['models/gemini-2.0-flash', 'gemini-2.0-flash'],
    ['publishers/google/models/gemini-2.0-flash', 'gemini-2.0-flash'],
    ['anthropic.claude-3-5-sonnet-20240620-v1:0', 'claude-3-5-sonnet'],
    ['us.anthropic.claude-3-5-sonnet-20240620-v1:0', 'claude-3-5-sonnet'],
    ['bedrock/eu.anthropic.claude-3-haiku-20240307-v1:0:48k', 'claude-3-haiku'],
    ['arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0', 'claude-3-haiku'],
    ['amazon.nova-pro-v1:0', 'nova-pro'],
    ['sim/sdr+flaky=0.2+slow', 'sim/sdr'],
  ])('%s is %s in the end', (model, name) => {
    expect(modelNames(model).at(-1)).toBe(name);
  });

  it('asks for the most exact name first', () => {
    expect(modelNames('openai/gpt-4o-2024-05-13')).toEqual([
      'openai/gpt-4o-2024-05-13',
      'openai/gpt-4o',
      'gpt-4o-2024-05-13',
      'gpt-4o',
    ]);
  });

  it.each([
    'ft:gpt-4o-mini-2024-07-18:acme::abc123',
    'deepseek-r1:free',
    'sim/sdr',
    'acme/gpt-4o',
    'gpt-4-0613',
    'llama-v3',
  ])('leaves %s, whose price is its own', (model) => {
    expect(modelNames(model)).toEqual([model]);
  });

  it('gives every name once, whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), (model) => {
        const names = modelNames(model);
        expect(new Set(names).size).toBe(names.length);
        expect(names).not.toContain('');
      }),
    );
  });
});
