import type { SpanKind } from '../../domain/span-kind.ts';
import type { Usage } from '../../domain/usage.ts';
import { countOf, textOf, textsOf } from './attribute.ts';
import type { Dialect, SpanView } from './dialect.ts';
import { exclusiveUsage } from './usage.ts';

/** Embeddings are model calls with a price, but not turns of an agent: they count as retrieval. */
const kindOfOperation: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['chat', 'llm'],
  ['generate_content', 'llm'],
  ['text_completion', 'llm'],
  ['embeddings', 'retrieval'],
  ['retrieval', 'retrieval'],
  ['search_memory', 'retrieval'],
  ['execute_tool', 'tool'],
  ['invoke_agent', 'agent'],
  ['create_agent', 'agent'],
  ['invoke_workflow', 'step'],
  ['plan', 'step'],
  ['agent_step', 'step'],
]);

/**
 * The OpenTelemetry GenAI conventions, in the names of every version that clients still send.
 * Names: https://github.com/open-telemetry/semantic-conventions-genai
 */
export const genAi: Dialect = {
  name: 'otel-genai',
  speaks: ({ attributes }) => [...attributes.keys()].some((key) => key.startsWith('gen_ai.')),
  read(view) {
    const { attributes } = view;
    const operation = textOf(attributes, 'gen_ai.operation.name');
    return {
      kind: kindOfOperation.get(operation ?? '') ?? 'other',
      operation,
      agent: textOf(attributes, 'gen_ai.agent.name'),
      provider: providerOf(view),
      modelRequested: textOf(attributes, 'gen_ai.request.model'),
      modelResponded: textOf(attributes, 'gen_ai.response.model'),
      tool: textOf(attributes, 'gen_ai.tool.name'),
      session: textOf(attributes, 'gen_ai.conversation.id', 'session.id'),
      usage: usageOf(view),
      ...failureOf(view),
    };
  },
};

/** `openai.chat` and the like name an API of the provider; `aws.bedrock`, `azure.ai.*` and `gcp.*` are providers. */
function providerOf({ attributes }: SpanView): string | null {
  const name = textOf(attributes, 'gen_ai.provider.name', 'gen_ai.system')?.toLowerCase() ?? null;
  return name?.startsWith('openai.') ? 'openai' : name;
}

function usageOf({ attributes }: SpanView): Usage | null {
  const count = (...names: string[]) => countOf(attributes, ...names.map((name) => `gen_ai.usage.${name}`));
  return exclusiveUsage({
    input: count('input_tokens', 'prompt_tokens'),
    output: count('output_tokens', 'completion_tokens'),
    cacheRead: count('cache_read.input_tokens', 'cache_read_input_tokens'),
    cacheWrite: count(
      'cache_write.input_tokens',
      'cache_creation.input_tokens',
      'cache_creation_input_tokens',
      'cache_write_input_tokens',
    ),
    reasoning: count('reasoning.output_tokens', 'reasoning_tokens'),
    total: count('total_tokens'),
  });
}

function failureOf({ attributes }: SpanView) {
  const finishReasons = textsOf(attributes, 'gen_ai.response.finish_reasons');
  return { finishReasons, failed: finishReasons.includes('error') };
}
