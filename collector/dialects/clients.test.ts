import { describe, expect, it } from 'vitest';
import { nanoUsd } from '../../domain/units.ts';
import { attributes, exampleSpan, NOON } from '../testing/example-span.ts';
import type { Canonical } from './canonical.ts';
import { mapSpan } from './map-span.ts';

type Values = Parameters<typeof attributes>[0];
type Example = {
  client: string;
  span: Values;
  name?: string;
  child?: boolean;
  service?: string;
  exception?: string;
  status?: number;
  otelKind?: number;
  scope?: string;
  expected: Partial<Canonical>;
};

function map({ span, name = 'x', child = true, service = 'sdr', exception, status = 0, ...rest }: Example) {
  return mapSpan(
    exampleSpan({
      name,
      kind: rest.otelKind ?? 1,
      parentSpanId: child ? '00f067aa0ba902b7' : '',
      attributes: attributes(span),
      status: { code: status, message: '' },
      scope: { name: rest.scope ?? '', version: '', attributes: [], schemaUrl: '' },
      resource: { attributes: attributes({ 'service.name': service }), schemaUrl: '' },
      events:
        exception === undefined
          ? []
          : [
              {
                name: 'exception',
                timeUnixNano: NOON,
                attributes: attributes({ 'exception.type': exception }),
                droppedAttributesCount: 0,
              },
            ],
    }),
  );
}

const usage = (
  input: number | null,
  output: number | null,
  cacheRead: number | null = null,
  reasoning: number | null = null,
) => ({ input, output, cacheRead, cacheWrite: null, reasoning });

/** What the conventions of each client and its observed habits put on a span; in truth 120/30 with 64 cached, 8 thought. */
const EXAMPLES: Example[] = [
  {
    client: 'OTel GenAI, newest names',
    span: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-5',
      'gen_ai.response.model': 'claude-sonnet-5-20260901',
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.usage.cache_read.input_tokens': 64,
      'gen_ai.usage.cache_write.input_tokens': 16,
      'gen_ai.usage.reasoning.output_tokens': 8,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.conversation.id': 'c-1',
      'gen_ai.agent.name': 'alice',
      'gen_ai.agent.version': 'v7',
      'gen_ai.workflow.name': 'outreach',
    },
    expected: {
      kind: 'llm',
      call: 'call',
      provider: 'anthropic',
      modelRequested: 'claude-sonnet-5',
      modelResponded: 'claude-sonnet-5-20260901',
      usage: { input: 40, cacheRead: 64, cacheWrite: 16, output: 22, reasoning: 8 },
      finishReasons: ['stop'],
      ttft: 250_000_000,
      session: 'c-1',
      agent: 'alice',
      agentVersion: 'v7',
      workflow: 'outreach',
      failed: false,
    },
  },
  {
    client: 'Python OpenLLMetry, first names',
    span: {
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.usage.prompt_tokens': 120,
      'gen_ai.usage.completion_tokens': 30,
      'llm.usage.total_tokens': 150,
      'gen_ai.usage.cache_read_input_tokens': 64,
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.name': 'send_email',
      'traceloop.association.properties.thread_id': 't-1',
    },
    expected: {
      kind: 'llm',
      call: 'call',
      provider: 'openai',
      usage: usage(56, 30, 64),
      finishReasons: ['tool_call'],
      session: 't-1',
    },
  },
  {
    client: 'Elastic, embeddings',
    otelKind: 3,
    span: {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'text-embedding-3-small',
      'gen_ai.usage.input_tokens': 9,
    },
    expected: { kind: 'retrieval', call: 'call', usage: usage(9, null) },
  },
  {
    client: 'OpenInference, model call',
    span: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o-mini-2024-07-18',
      'llm.system': 'openai',
      'llm.provider': 'azure',
      'llm.token_count.prompt': 120,
      'llm.token_count.completion': 30,
      'llm.token_count.total': 150,
      'llm.token_count.prompt_details.cache_read': 64,
      'llm.token_count.completion_details.reasoning': 8,
      'llm.finish_reason': 'tool_calls',
      'llm.cost.total': 0.000036,
      'session.id': 's-1',
      'user.id': 'u-1',
    },
    expected: {
      kind: 'llm',
      call: 'call',
      provider: 'azure.ai.openai',
      modelResponded: 'gpt-4o-mini-2024-07-18',
      usage: usage(56, 22, 64, 8),
      costReported: nanoUsd(36_000),
      session: 's-1',
      user: 'u-1',
    },
  },
  {
    client: 'OpenInference, streamed call without usage',
    span: { 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-4o-mini' },
    expected: { kind: 'llm', call: 'call', usage: null, finishReasons: [] },
  },
  {
    client: 'OpenInference, OpenAI Agents: a turn that only calls a tool and says stop',
    span: {
      'openinference.span.kind': 'LLM',
      'llm.finish_reason': 'stop',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'send_email',
    },
    expected: { finishReasons: ['tool_call'] },
  },
  {
    client: 'OpenInference, OpenAI Agents: agent',
    name: 'supervisor',
    span: { 'openinference.span.kind': 'AGENT', 'graph.node.id': 'supervisor' },
    expected: { kind: 'agent', agent: 'supervisor', call: 'none' },
  },
  {
    client: 'OpenInference, OpenAI Agents: handoff',
    name: 'handoff to email_writer',
    span: { 'openinference.span.kind': 'TOOL', 'tool.name': 'handoff_to_email_writer' },
    expected: { kind: 'tool', tool: 'handoff_to_email_writer' },
  },
  {
    client: 'OpenInference, tool helper that names its tool by the span',
    name: 'send_email',
    span: { 'openinference.span.kind': 'TOOL', metadata: '{"thread_id":"t-9","user_id":7}' },
    expected: { kind: 'tool', tool: 'send_email', session: 't-9', user: '7' },
  },
  {
    client: 'OpenInference, root chain',
    name: 'email_writer',
    child: false,
    span: { 'openinference.span.kind': 'CHAIN' },
    expected: { kind: 'step', workflow: 'email_writer', agent: null },
  },
  {
    client: 'AI SDK 6, loop',
    span: {
      'ai.operationId': 'ai.generateText',
      'operation.name': 'ai.generateText alice',
      'ai.telemetry.functionId': 'alice',
      'ai.model.id': 'gpt-4o-mini',
      'ai.model.provider': 'openai.chat',
      'ai.usage.inputTokens': 240,
      'ai.usage.outputTokens': 60,
      'ai.telemetry.metadata.sessionId': 's-6',
      'ai.telemetry.metadata.userId': 'u-6',
    },
    expected: { kind: 'agent', call: 'aggregate', agent: 'alice', session: 's-6', user: 'u-6' },
  },
  {
    client: 'AI SDK 6, model call',
    span: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.id': 'gpt-4o-mini',
      'ai.model.provider': 'openai.responses',
      'ai.response.model': 'gpt-4o-mini-2024-07-18',
      'ai.response.finishReason': 'tool-calls',
      'ai.response.msToFirstChunk': 12.5,
      'ai.usage.inputTokens': 120,
      'ai.usage.cachedInputTokens': 64,
      'ai.usage.outputTokens': 30,
      'ai.usage.reasoningTokens': 8,
      'ai.usage.totalTokens': 150,
      'ai.settings.context.sessionId': 's-7',
    },
    expected: {
      kind: 'llm',
      call: 'call',
      provider: 'openai',
      modelRequested: 'gpt-4o-mini',
      modelResponded: 'gpt-4o-mini-2024-07-18',
      finishReasons: ['tool_call'],
      ttft: 12_500_000,
      usage: usage(56, 22, 64, 8),
      session: 's-7',
    },
  },
  {
    client: 'AI SDK 4 with Anthropic: cached tokens beside the input, told by the provider alone',
    span: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.usage.promptTokens': 56,
      'ai.usage.completionTokens': 30,
      'ai.response.providerMetadata':
        '{"anthropic":{"cacheReadInputTokens":40,"cacheCreationInputTokens":24}}',
    },
    expected: { usage: { input: 56, cacheRead: 40, cacheWrite: 24, output: 30, reasoning: null } },
  },
  {
    client: 'AI SDK, embedding and tool',
    span: { 'ai.operationId': 'ai.embed.doEmbed', 'ai.usage.tokens': 9 },
    expected: { kind: 'retrieval', call: 'call', usage: usage(9, null) },
  },
  {
    client: 'AI SDK, tool',
    span: { 'ai.operationId': 'ai.toolCall', 'ai.toolCall.name': 'send_email' },
    expected: { kind: 'tool', call: 'none', tool: 'send_email' },
  },
  {
    client: 'Langfuse, failed tool',
    name: 'crm_lookup',
    span: {
      'langfuse.observation.type': 'tool',
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'crm down',
      'langfuse.environment': 'staging',
      'langfuse.trace.name': 'handle lead',
    },
    expected: {
      kind: 'tool',
      tool: 'crm_lookup',
      failed: true,
      errorSignal: 'level',
      errorMessage: 'crm down',
      environment: 'staging',
      workflow: 'handle lead',
    },
  },
  {
    client: 'Langfuse, generation',
    span: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-4o-mini',
      'langfuse.observation.usage_details':
        '{"input":56,"output":22,"total":150,"input_cached_tokens":64,"input_audio_tokens":0,"output_reasoning_tokens":8}',
      'langfuse.observation.cost_details': '{"input":0.000018,"output":0.000018}',
      'langfuse.observation.completion_start_time': '"2026-11-22T12:00:00.250Z"',
    },
    expected: {
      kind: 'llm',
      call: 'call',
      usage: usage(56, 22, 64, 8),
      costReported: nanoUsd(36_000),
      ttft: 250_000_000,
    },
  },
  {
    client: 'LangSmith, model call',
    span: {
      'langsmith.span.kind': 'llm',
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.usage.total_tokens': 150,
      'gen_ai.usage.input_token_details': '{"cache_read":64}',
      'gen_ai.usage.output_token_details': '{"reasoning":8}',
      'gen_ai.response.finish_reasons': 'stop, tool_calls',
      'langsmith.metadata.thread_id': 't-2',
      'langsmith.trace.session_id': 'the-project',
    },
    expected: {
      kind: 'llm',
      usage: usage(56, 22, 64, 8),
      finishReasons: ['stop', 'tool_call'],
      session: 't-2',
    },
  },
  {
    client: 'LangSmith, failed tool: status ok beside an exception',
    name: 'crm_lookup',
    status: 1,
    exception: 'Error',
    span: { 'langsmith.span.kind': 'tool', 'gen_ai.system': 'langchain' },
    expected: {
      kind: 'tool',
      tool: 'crm_lookup',
      provider: null,
      failed: true,
      errorSignal: 'exception',
      errorType: 'Error',
    },
  },
  {
    client: 'LangSmith, root that a streamed child wrote over',
    name: 'alice',
    child: false,
    span: {
      'langsmith.span.kind': 'chain',
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': 120,
    },
    expected: { kind: 'step', call: 'aggregate', workflow: 'alice' },
  },
  {
    client: 'Mastra, generation that wraps its calls',
    span: {
      'mastra.span.type': 'model_generation',
      'gen_ai.operation.name': 'model_generation',
      'gen_ai.provider.name': 'openai.chat',
      'gen_ai.usage.input_tokens': 240,
      'mastra.metadata.sessionId': 's-3',
      'mastra.metadata.userId': 'u-3',
    },
    expected: { kind: 'step', call: 'aggregate', provider: 'openai', session: 's-3', user: 'u-3' },
  },
  {
    client: 'Mastra, failed call: status ok beside a finish reason in a text',
    status: 1,
    span: {
      'mastra.span.type': 'model_inference',
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.finish_reasons': '["error"]',
      'mastra.completion_start_time': '2026-11-22T12:00:01.000Z',
    },
    expected: {
      kind: 'llm',
      call: 'call',
      finishReasons: ['error'],
      errorSignal: 'finish_reason',
      ttft: 1_000_000_000,
    },
  },
  {
    client: 'Mastra, chunk',
    span: { 'mastra.span.type': 'model_chunk', 'gen_ai.operation.name': 'model_chunk' },
    expected: { kind: 'other', call: 'none' },
  },
  {
    client: 'Mastra, unknown error with an exception',
    exception: 'TimeoutError',
    span: { 'gen_ai.operation.name': 'invoke_workflow', 'error.type': 'unknown' },
    name: 'invoke_workflow nightly',
    expected: { kind: 'step', errorSignal: 'error_type', errorType: 'TimeoutError', workflow: 'nightly' },
  },
  {
    client: 'Strands, chat with the service for a provider and usage under every name',
    service: 'sdr-strands',
    span: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'sdr-strands',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.usage.prompt_tokens': 120,
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.completion_tokens': 30,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.usage.total_tokens': 150,
      'gen_ai.usage.cache_read.input_tokens': 64,
      'gen_ai.usage.cache_read_input_tokens': 64,
    },
    expected: { kind: 'llm', provider: null, usage: usage(56, 30, 64) },
  },
  {
    client: 'Strands, cycle and agent repeat the usage',
    span: { 'gen_ai.operation.name': 'execute_agent_loop_cycle', 'gen_ai.usage.input_tokens': 240 },
    expected: { kind: 'step', call: 'aggregate' },
  },
  {
    client: 'Strands, failed tool',
    span: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'x', 'gen_ai.tool.status': 'error' },
    expected: { kind: 'tool', tool: 'x', errorSignal: 'tool_status' },
  },
  {
    client: 'Strands, failed agent: a real zero',
    status: 2,
    span: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.usage.input_tokens': 0,
      'gen_ai.usage.output_tokens': 0,
    },
    expected: { usage: usage(0, 0), call: 'aggregate', errorSignal: 'status' },
  },
  {
    client: 'Traceloop, agent',
    span: {
      'traceloop.span.kind': 'agent',
      'traceloop.entity.name': 'alice',
      'traceloop.workflow.name': 'alice',
      'gen_ai.agent.name': 'alice',
      'traceloop.entity.version': 2,
    },
    expected: { kind: 'agent', agent: 'alice', workflow: null, agentVersion: '2' },
  },
  {
    client: 'Traceloop, streamed call that says so',
    scope: '@traceloop/instrumentation-openai',
    span: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.usage.output_tokens': 14,
      'llm.is_streaming': true,
    },
    expected: { usage: usage(5, 14), usageEstimated: true },
  },
  {
    client: 'Gemini: thoughts beside the output',
    span: {
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.system': 'gemini',
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 22,
      'gen_ai.usage.cached_tokens': 64,
      'gen_ai.usage.reasoning_tokens': 8,
      'gen_ai.usage.total_tokens': 150,
      'gen_ai.response.finish_reasons': ['FinishReason.MAX_TOKENS'],
    },
    expected: { provider: 'gcp.gemini', usage: usage(56, 22, 64, 8), finishReasons: ['length'] },
  },
  {
    client: 'Pydantic AI, tool run and model call',
    span: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'anthropic',
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.usage.details.cache_read_input_tokens': 64,
      'operation.cost': 0.0004,
    },
    expected: { usage: usage(56, 30, 64), costReported: nanoUsd(400_000) },
  },
  {
    client: 'Pydantic AI, run of an agent without an operation',
    name: 'agent run',
    span: {
      agent_name: 'alice',
      model_name: 'gpt-4o',
      'gen_ai.usage.input_tokens': 240,
      final_result: 'done',
    },
    expected: { kind: 'agent', call: 'aggregate', agent: 'alice' },
  },
  {
    client: 'Google ADK, model call without an operation',
    name: 'call_llm',
    span: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.response.finish_reasons': ['stop'],
      'gcp.vertex.agent.session_id': 's-8',
    },
    expected: { kind: 'llm', call: 'call', provider: 'gcp.vertex_ai', session: 's-8' },
  },
  {
    client: 'MCP client under a span of its own',
    otelKind: 3,
    name: 'tools/call get-weather',
    span: {
      'mcp.method.name': 'tools/call',
      'gen_ai.tool.name': 'get-weather',
      'gen_ai.operation.name': 'execute_tool',
    },
    expected: { kind: 'step', tool: 'get-weather' },
  },
  {
    client: 'MCP server that nobody traced into',
    otelKind: 2,
    child: false,
    name: 'tools/call get-weather',
    span: { 'mcp.method.name': 'tools/call', 'error.type': 'tool_error' },
    expected: { kind: 'tool', tool: 'get-weather', errorSignal: 'error_type', errorType: 'tool_error' },
  },
  {
    client: 'an agent’s tool span that carries MCP’s attributes',
    span: { 'mcp.method.name': 'tools/call', 'gen_ai.operation.name': 'execute_tool' },
    expected: { kind: 'tool' },
  },
  {
    client: 'GenAI attributes without an operation',
    span: { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.output_tokens': 2 },
    expected: { kind: 'llm', call: 'call' },
  },
  {
    client: 'an ordinary span that handled an exception',
    exception: 'ConnectionReset',
    span: { 'http.request.method': 'GET', 'http.response.status_code': 200 },
    expected: { kind: 'other', call: 'none', failed: false, errorSignal: null, errorType: null },
  },
  {
    client: 'a failed HTTP call',
    status: 2,
    span: { 'http.response.status_code': 503 },
    expected: { failed: true, errorSignal: 'status', errorType: '503' },
  },
];

describe('spans as clients send them', () => {
  it.each(EXAMPLES)('$client', (example) => {
    expect(map(example)).toMatchObject(example.expected);
  });
});
