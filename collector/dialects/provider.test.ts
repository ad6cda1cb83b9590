import { describe, expect, it } from 'vitest';
import { providerOf } from './provider.ts';

describe('providerOf', () => {
  it.each([
    ['openai', 'openai'],
    ['OpenAI', 'openai'],
    ['openai.responses', 'openai'],
    ['anthropic.messages', 'anthropic'],
    ['aws.bedrock', 'aws.bedrock'],
    ['AWS', 'aws.bedrock'],
    ['amazon-bedrock', 'aws.bedrock'],
    ['azure-openai.chat', 'azure.ai.openai'],
    ['az.ai.inference', 'azure.ai.inference'],
    ['azure.something.new', 'azure.something.new'],
    ['google.generative-ai', 'gcp.gemini'],
    ['google.vertex.chat', 'gcp.vertex_ai'],
    ['xai', 'x_ai'],
    ['a-new-one.chat', 'a-new-one'],
  ])('takes %s for %s', (said, provider) => {
    expect(providerOf(said, 'sdr')).toBe(provider);
  });

  it('knows the names of frameworks and of the service for none, unless a provider’s', () => {
    expect(providerOf(null, 'sdr')).toBeNull();
    expect(providerOf('langchain', 'sdr')).toBeNull();
    expect(providerOf('sdr', 'sdr')).toBeNull();
    expect(providerOf('sdr.agents', 'sdr.agents')).toBeNull();
    expect(providerOf('openai', 'openai')).toBe('openai');
  });
});
