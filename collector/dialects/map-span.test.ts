import { describe, expect, it } from 'vitest';
import { attributes, exampleSpan } from '../testing/example-span.ts';
import { mapSpan } from './map-span.ts';

const map = (values: Parameters<typeof attributes>[0], rest = {}) =>
  mapSpan(exampleSpan({ attributes: attributes(values), ...rest }));

describe('mapSpan', () => {
  it.each([
    ['chat', 'llm'],
    ['text_completion', 'llm'],
    ['generate_content', 'llm'],
    ['embeddings', 'retrieval'],
    ['execute_tool', 'tool'],
    ['invoke_agent', 'agent'],
    ['agent_step', 'step'],
    ['something_new', 'other'],
  ])('takes the operation %s for kind %s', (operation, kind) => {
    expect(map({ 'gen_ai.operation.name': operation })).toMatchObject({ kind, operation });
  });

  it('leaves a span without GenAI attributes alone', () => {
    expect(map({ 'http.request.method': 'GET' })).toMatchObject({
      kind: 'other',
      operation: null,
      usage: null,
    });
  });

  it.each([
    [{ 'gen_ai.system': 'openai' }, 'openai'],
    [{ 'gen_ai.system': 'OpenAI' }, 'openai'],
    [{ 'gen_ai.provider.name': 'openai.responses' }, 'openai'],
    [{ 'gen_ai.provider.name': 'aws.bedrock', 'gen_ai.system': 'x' }, 'aws.bedrock'],
  ])('reads the provider of %j', (values, provider) => {
    expect(map(values).provider).toBe(provider);
  });

  it.each([
    ['newest', 'cache_write.input_tokens'],
    ['last', 'cache_creation.input_tokens'],
    ['flat', 'cache_creation_input_tokens'],
  ])('reads the %s names of cached tokens', (_, name) => {
    const usage = map({
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 10,
      [`gen_ai.usage.${name}`]: 30,
    }).usage;
    expect(usage).toMatchObject({ input: 70, cacheWrite: 30 });
  });

  it('reads the oldest names of tokens, and counts sent as doubles or text', () => {
    expect(
      map({ 'gen_ai.usage.prompt_tokens': 7, 'gen_ai.usage.completion_tokens': '3' }).usage,
    ).toMatchObject({
      input: 7,
      output: 3,
    });
    expect(
      mapSpan(
        exampleSpan({
          attributes: [
            { key: 'gen_ai.usage.input_tokens', value: { doubleValue: 5 } },
            { key: 'gen_ai.usage.output_tokens', value: { doubleValue: 2.5 } },
          ],
        }),
      ).usage,
    ).toMatchObject({ input: 5, output: null });
  });

  it('says that a span failed by status, error.type or finish reason', () => {
    expect(map({}).failed).toBe(false);
    expect(map({}, { status: { code: 2, message: '' } }).failed).toBe(true);
    expect(map({ 'error.type': 'timeout' })).toMatchObject({ failed: true, errorType: 'timeout' });
    expect(map({ 'gen_ai.response.finish_reasons': ['stop', 'error'] }).failed).toBe(true);
    expect(map({ 'gen_ai.response.finish_reasons': ['tool_calls'] })).toMatchObject({
      failed: false,
      finishReasons: ['tool_call'],
    });
  });

  it('takes the type of the exception where a failed span names none', () => {
    const events = [
      {
        name: 'exception',
        timeUnixNano: 0n,
        attributes: attributes({ 'exception.type': 'RateLimitError' }),
        droppedAttributesCount: 0,
      },
    ];
    expect(map({}, { events, status: { code: 2, message: '' } }).errorType).toBe('RateLimitError');
    expect(map({}, { events }).errorType).toBeNull();
  });
});
