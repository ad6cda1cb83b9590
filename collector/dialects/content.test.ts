import { describe, expect, it } from 'vitest';
import type { AnyValue } from '../otlp/any-value.ts';
import { attributes } from '../testing/example-span.ts';
import { contentOf } from './content.ts';

const inputOf = (value: string | AnyValue) =>
  contentOf(
    typeof value === 'string'
      ? attributes({ 'gen_ai.input.messages': value })
      : [{ key: 'gen_ai.input.messages', value }],
    [],
  ).inputMessages;

describe('contentOf', () => {
  it('reads messages that are JSON in a string', () => {
    const messages = [
      { role: 'user', parts: [{ type: 'text', content: 'hello' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'send', arguments: '{"to":"a"}' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', result: { ok: true } }] },
    ];
    expect(inputOf(JSON.stringify(messages))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'hello' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'send', arguments: { to: 'a' } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { ok: true } }] },
    ]);
  });

  it('reads structured messages', () => {
    const part: AnyValue = { kvlistValue: { values: attributes({ type: 'text', content: 'hello' }) } };
    const message: AnyValue = {
      kvlistValue: {
        values: [
          { key: 'role', value: { stringValue: 'user' } },
          { key: 'parts', value: { arrayValue: { values: [part] } } },
        ],
      },
    };
    expect(inputOf({ arrayValue: { values: [message] } })).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'hello' }] },
    ]);
  });

  it('reads the messages of the OpenAI API', () => {
    const messages = [
      { role: 'system', content: 'be short' },
      { role: 'user', content: [{ type: 'text', text: 'hello' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
    ];
    expect(inputOf(JSON.stringify(messages))).toEqual([
      { role: 'system', parts: [{ type: 'text', content: 'be short' }] },
      { role: 'user', parts: [{ type: 'text', content: 'hello' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'f', arguments: {} }] },
    ]);
  });

  it.each(['plain words', '[cut off', "[{'role': 'user'}]"])('keeps %j, which is no JSON, as text', (raw) => {
    expect(inputOf(raw)).toEqual([{ role: 'user', parts: [{ type: 'text', content: raw }] }]);
  });

  it('drops nothing that it does not understand', () => {
    const odd = [{ role: 'user', parts: [{ type: 'blob', data: 'AA' }, 7] }, { note: 1 }];
    expect(inputOf(JSON.stringify(odd))).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'other', content: { type: 'blob', data: 'AA' } },
          { type: 'other', content: 7 },
        ],
      },
      { role: 'user', parts: [{ type: 'other', content: { note: 1 } }] },
    ]);
  });

  it('reads instructions as text or as parts', () => {
    const read = (value: string) =>
      contentOf(attributes({ 'gen_ai.system_instructions': value }), []).systemInstructions;
    expect(read('be short')).toBe('be short');
    expect(read('[{"type":"text","content":"be"},{"type":"text","content":"short"}]')).toBe('be\nshort');
  });

  it('reads tool arguments and results, and looks for content in events too', () => {
    const events = [
      { name: 'details', attributes: attributes({ 'gen_ai.tool.call.result': '{"ok":true}' }) },
    ];
    expect(contentOf(attributes({ 'gen_ai.tool.call.arguments': '{"to":"a"}' }), events)).toEqual({
      inputMessages: null,
      outputMessages: null,
      systemInstructions: null,
      toolArguments: { to: 'a' },
      toolResult: { ok: true },
      toolDefinitions: null,
    });
  });
});
