import { describe, expect, it } from 'vitest';
import type { AnyValue } from '../otlp/any-value.ts';
import { attributes } from '../testing/example-span.ts';
import { type Content, contentOf } from './content.ts';
import type { ContentEvent } from './message-events.ts';

type Values = Parameters<typeof attributes>[0];
type Example = {
  client: string;
  span?: Values;
  events?: ContentEvent[];
  expected: Partial<Content>;
};

const text = (content: string) => ({ type: 'text' as const, content });
const call = (name: string, args: object, id: string | null = null) => ({
  type: 'tool_call' as const,
  id,
  name,
  arguments: args as Record<string, string>,
});
const answer = (response: object | string, id: string | null = null) => ({
  type: 'tool_call_response' as const,
  id,
  response: response as Record<string, string>,
});
const spanEvent = (name: string, values: Values): ContentEvent => ({ name, attributes: attributes(values) });
const kvlist = (values: Record<string, AnyValue>): AnyValue => ({
  kvlistValue: { values: Object.entries(values).map(([key, value]) => ({ key, value })) },
});
const log = (name: string, body: AnyValue): ContentEvent => ({
  name: '',
  attributes: attributes({ 'event.name': name, 'gen_ai.system': 'openai' }),
  body,
});
const envelope = (className: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', className],
  kwargs,
});

const EXAMPLES: Example[] = [
  {
    client: 'OTel: a log record for each message',
    events: [
      log('gen_ai.system.message', kvlist({ content: { stringValue: 'be short' } })),
      log('gen_ai.user.message', kvlist({ content: { stringValue: 'hello' } })),
      log(
        'gen_ai.tool.message',
        kvlist({ id: { stringValue: 'c1' }, content: { stringValue: '{"ok":"yes"}' } }),
      ),
      log(
        'gen_ai.choice',
        kvlist({
          index: { intValue: '0' },
          finish_reason: { stringValue: 'stop' },
          message: kvlist({ content: { stringValue: 'hi' } }),
        }),
      ),
    ],
    expected: {
      inputMessages: [
        { role: 'system', parts: [text('be short')] },
        { role: 'user', parts: [text('hello')] },
        { role: 'tool', parts: [answer({ ok: 'yes' }, 'c1')] },
      ],
      outputMessages: [{ role: 'assistant', parts: [text('hi')] }],
    },
  },
  {
    client: 'OTel: log records without content say nothing',
    events: [log('gen_ai.user.message', kvlist({})), log('gen_ai.choice', kvlist({ message: kvlist({}) }))],
    expected: { inputMessages: null, outputMessages: null },
  },
  {
    client: 'OTel: two log records of details, one with the input and one with the output',
    events: ['input', 'output'].map((side) => ({
      name: 'gen_ai.client.inference.operation.details',
      attributes: [
        {
          key: `gen_ai.${side}.messages`,
          value: {
            arrayValue: {
              values: [
                kvlist({
                  role: { stringValue: side === 'input' ? 'user' : 'assistant' },
                  parts: {
                    arrayValue: {
                      values: [kvlist({ type: { stringValue: 'text' }, content: { stringValue: side } })],
                    },
                  },
                }),
              ],
            },
          },
        },
      ],
    })),
    expected: {
      inputMessages: [{ role: 'user', parts: [text('input')] }],
      outputMessages: [{ role: 'assistant', parts: [text('output')] }],
    },
  },
  {
    client: 'OpenInference: indexed keys in any order, with a gap',
    span: {
      'openinference.span.kind': 'LLM',
      'llm.input_messages.3.message.role': 'tool',
      'llm.input_messages.3.message.tool_call_id': 'c1',
      'llm.input_messages.3.message.content': 'sent',
      'llm.input_messages.1.message.contents.0.message_content.text': 'hello',
      'llm.input_messages.1.message.contents.0.message_content.type': 'text',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'be short',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': '',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c2',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'send',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"to":"a"}',
      'llm.tools.0.tool.json_schema': '{"name":"send"}',
    },
    expected: {
      inputMessages: [
        { role: 'system', parts: [text('be short')] },
        { role: 'user', parts: [text('hello')] },
        { role: 'tool', parts: [answer('sent', 'c1')] },
      ],
      outputMessages: [{ role: 'assistant', parts: [call('send', { to: 'a' }, 'c2')] }],
      toolDefinitions: [{ name: 'send' }],
    },
  },
  {
    client: 'OpenInference: a LangChain tool',
    span: {
      'openinference.span.kind': 'TOOL',
      'input.value': 'acme.example',
      'output.value': JSON.stringify({
        output: envelope('ToolMessage', { content: '{"ok":"yes"}', tool_call_id: 'c1' }),
      }),
    },
    expected: { toolArguments: 'acme.example', toolResult: { ok: 'yes' }, inputMessages: null },
  },
  {
    client: 'OpenInference: a chain of LangChain messages',
    span: {
      'openinference.span.kind': 'CHAIN',
      'input.value': JSON.stringify({ messages: [[envelope('HumanMessage', { content: 'hello' })]] }),
      'output.value': JSON.stringify({
        generations: [
          [
            {
              text: '',
              message: envelope('AIMessage', {
                content: '',
                tool_calls: [{ name: 'send', args: { to: 'a' }, id: 'c1', type: 'tool_call' }],
              }),
            },
          ],
        ],
      }),
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('hello')] }],
      outputMessages: [{ role: 'assistant', parts: [call('send', { to: 'a' }, 'c1')] }],
    },
  },
  {
    client: 'OpenInference: completions and embeddings without roles',
    span: {
      'llm.prompts.0.prompt.text': 'once upon',
      'llm.choices.0.completion.text': 'a time',
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('once upon')] }],
      outputMessages: [{ role: 'assistant', parts: [text('a time')] }],
    },
  },
  {
    client: 'OpenLLMetry: indexed prompt and completion',
    span: {
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': '[{"type":"text","text":"hello"}]',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.id': 'c1',
      'gen_ai.completion.0.tool_calls.0.name': 'send',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"to":"a"}',
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('hello')] }],
      outputMessages: [{ role: 'assistant', parts: [call('send', { to: 'a' }, 'c1')] }],
    },
  },
  {
    client: 'Traceloop: a tool and an agent called as functions',
    span: {
      'traceloop.span.kind': 'tool',
      'traceloop.entity.input': '{"args":[],"kwargs":{"to":"a"}}',
      'traceloop.entity.output': '{"ok":"yes"}',
    },
    expected: { toolArguments: { to: 'a' }, toolResult: { ok: 'yes' } },
  },
  {
    client: 'AI SDK: model call',
    span: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.prompt.messages': JSON.stringify([
        { role: 'system', content: 'be short' },
        {
          role: 'assistant',
          content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'send', input: { to: 'a' } }],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 'c1',
              toolName: 'send',
              output: { type: 'json', value: { ok: 'yes' } },
            },
          ],
        },
      ]),
      'ai.prompt.tools': ['{"type":"function","name":"send"}'],
      'ai.response.text': 'done',
      'ai.response.toolCalls': '[{"toolCallId":"c2","toolName":"send","input":"{\\"to\\":\\"b\\"}"}]',
    },
    expected: {
      inputMessages: [
        { role: 'system', parts: [text('be short')] },
        { role: 'assistant', parts: [call('send', { to: 'a' }, 'c1')] },
        { role: 'tool', parts: [answer({ ok: 'yes' }, 'c1')] },
      ],
      outputMessages: [{ role: 'assistant', parts: [text('done'), call('send', { to: 'b' }, 'c2')] }],
      toolDefinitions: [{ type: 'function', name: 'send' }],
    },
  },
  {
    client: 'AI SDK: loop and its instructions',
    span: { 'ai.operationId': 'ai.generateText', 'ai.prompt': '{"system":"be short","prompt":"hello"}' },
    expected: { systemInstructions: 'be short', inputMessages: [{ role: 'user', parts: [text('hello')] }] },
  },
  {
    client: 'AI SDK: tool',
    span: { 'ai.operationId': 'ai.toolCall', 'ai.toolCall.args': '{"to":"a"}', 'ai.toolCall.result': '"ok"' },
    expected: { toolArguments: { to: 'a' }, toolResult: 'ok' },
  },
  {
    client: 'Langfuse: the items of OpenAI’s responses',
    span: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.input': JSON.stringify({
        instructions: 'be short',
        input: [
          { role: 'user', content: 'hello' },
          { type: 'function_call', call_id: 'c1', name: 'send', arguments: '{"to":"a"}' },
          { type: 'function_call_output', call_id: 'c1', output: '{"ok":"yes"}' },
        ],
      }),
      'langfuse.observation.output': JSON.stringify({
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'done' }],
      }),
    },
    expected: {
      systemInstructions: 'be short',
      inputMessages: [
        { role: 'user', parts: [text('hello')] },
        { role: 'assistant', parts: [call('send', { to: 'a' }, 'c1')] },
        { role: 'tool', parts: [answer({ ok: 'yes' }, 'c1')] },
      ],
      outputMessages: [{ role: 'assistant', parts: [text('done')] }],
    },
  },
  {
    client: 'LangSmith: the bodies of request and response',
    span: {
      'langsmith.span.kind': 'llm',
      'gen_ai.prompt': JSON.stringify({
        messages: [{ role: 'user', content: 'hello' }],
        tools: [{ name: 'send' }],
      }),
      'gen_ai.completion': JSON.stringify({
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'hi' } }],
      }),
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('hello')] }],
      outputMessages: [{ role: 'assistant', parts: [text('hi')] }],
      toolDefinitions: [{ name: 'send' }],
    },
  },
  {
    client: 'Mastra: step',
    span: {
      'mastra.span.type': 'model_step',
      'mastra.model_step.input': '{"messages":[{"role":"user","content":"hello"}]}',
      'mastra.model_step.output': '{"text":"hi"}',
      'gen_ai.system_instructions': 'be short',
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('hello')] }],
      outputMessages: [{ role: 'assistant', parts: [text('hi')] }],
      systemInstructions: 'be short',
    },
  },
  {
    client: 'Strands: span events in the blocks of Bedrock',
    span: { 'gen_ai.operation.name': 'chat', system_prompt: '"be short"', 'gen_ai.agent.tools': '["send"]' },
    events: [
      spanEvent('gen_ai.user.message', { content: '[{"text":"hello"}]' }),
      spanEvent('gen_ai.tool.message', {
        content: '[{"toolResult":{"toolUseId":"c1","status":"success","content":[{"text":"sent"}]}}]',
      }),
      spanEvent('gen_ai.choice', {
        finish_reason: 'toolUse',
        message: '[{"toolUse":{"toolUseId":"c2","name":"send","input":{"to":"a"}}}]',
      }),
    ],
    expected: {
      inputMessages: [
        { role: 'user', parts: [text('hello')] },
        { role: 'tool', parts: [answer('sent', 'c1')] },
      ],
      outputMessages: [{ role: 'assistant', parts: [call('send', { to: 'a' }, 'c2')] }],
      systemInstructions: 'be short',
      toolDefinitions: ['send'],
    },
  },
  {
    client: 'Strands: a tool’s arguments and result in span events',
    span: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'send' },
    events: [
      spanEvent('gen_ai.tool.message', { role: 'tool', content: '{"to":"a"}', id: 'c1' }),
      spanEvent('gen_ai.choice', { message: '[{"text":"sent"}]', id: 'c1' }),
    ],
    expected: { toolArguments: { to: 'a' }, toolResult: [{ text: 'sent' }] },
  },
  {
    client: 'Strands, newest: details as a span event',
    span: { 'gen_ai.operation.name': 'chat' },
    events: [
      spanEvent('gen_ai.client.inference.operation.details', {
        'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
      }),
    ],
    expected: { inputMessages: [{ role: 'user', parts: [text('hello')] }] },
  },
  {
    client: 'Pydantic AI: events in one attribute',
    span: {
      'gen_ai.operation.name': 'chat',
      events: JSON.stringify([
        { 'event.name': 'gen_ai.user.message', role: 'user', content: 'hello' },
        { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', content: 'hi' } },
      ]),
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('hello')] }],
      outputMessages: [{ role: 'assistant', parts: [text('hi')] }],
    },
  },
  {
    client: 'Anthropic’s blocks, with thoughts',
    span: {
      'gen_ai.output.messages': JSON.stringify([
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 'x' },
            { type: 'tool_use', id: 'c1', name: 'send', input: { to: 'a' } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'sent' }] },
      ]),
    },
    expected: {
      outputMessages: [
        { role: 'assistant', parts: [{ type: 'reasoning', content: 'hm' }, call('send', { to: 'a' }, 'c1')] },
        { role: 'user', parts: [answer('sent', 'c1')] },
      ],
    },
  },
  {
    client: 'Gemini’s contents and candidates',
    span: {
      'gen_ai.prompt': '{"contents":[{"role":"user","parts":[{"text":"hello"}]}]}',
      'gen_ai.completion':
        '{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"send","args":{"to":"a"}}}]}}]}',
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('hello')] }],
      outputMessages: [{ role: 'assistant', parts: [call('send', { to: 'a' })] }],
    },
  },
  {
    client: 'Google ADK: request and response of a model',
    span: {
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gcp.vertex.agent.llm_request':
        '{"model":"gemini","contents":[{"role":"user","parts":[{"text":"hello"}]}]}',
      'gcp.vertex.agent.llm_response': '{"content":{"role":"model","parts":[{"text":"hi"}]}}',
    },
    expected: {
      inputMessages: [{ role: 'user', parts: [text('hello')] }],
      outputMessages: [{ role: 'assistant', parts: [text('hi')] }],
    },
  },
  {
    client: 'Pydantic AI: a tool without an operation',
    span: { 'gen_ai.tool.name': 'send', tool_arguments: '{"to":"a"}', tool_response: 'sent' },
    expected: { toolArguments: { to: 'a' }, toolResult: 'sent' },
  },
  {
    client: 'any: JSON in a text twice over',
    span: { 'gen_ai.input.messages': JSON.stringify('[{"role":"user","content":"hello"}]') },
    expected: { inputMessages: [{ role: 'user', parts: [text('hello')] }] },
  },
];

describe('content as clients send it', () => {
  it.each(EXAMPLES)('$client', ({ span = {}, events = [], expected }) => {
    expect(contentOf(attributes(span), events)).toMatchObject(expected);
  });
});
