import { describe, expect, it } from 'vitest';
import { inputMessages, outputMessages } from './messages.ts';

const call = {
  id: 'call_1',
  type: 'function',
  function: { name: 'get_contact', arguments: '{"contact_id":"c_1"}' },
} as const;
const part = { type: 'tool_call', id: 'call_1', name: 'get_contact', arguments: { contact_id: 'c_1' } };

describe('messages in the GenAI conventions', () => {
  it('turns the conversation into parts, without the system prompt', () => {
    expect(
      inputMessages([
        { role: 'system', content: 'You are Alice' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'One moment', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: '{"name":"Lee"}' },
      ]),
    ).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'Hello' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'One moment' }, part] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: { name: 'Lee' } }] },
    ]);
  });

  it('keeps arguments that are no JSON as they came', () => {
    const broken = { ...call, function: { ...call.function, arguments: '{"contact_id":' } };
    expect(inputMessages([{ role: 'assistant', tool_calls: [broken] }])).toEqual([
      { role: 'assistant', parts: [{ ...part, arguments: '{"contact_id":' }] },
    ]);
  });

  it('gives each choice its finish reason', () => {
    const message = { role: 'assistant', content: null, refusal: null } as const;
    const rest = { index: 0, logprobs: null };
    expect(
      outputMessages([
        { ...rest, finish_reason: 'tool_calls', message: { ...message, tool_calls: [call] } },
        { ...rest, finish_reason: 'stop', message: { ...message, refusal: 'No.' } },
      ]),
    ).toEqual([
      { role: 'assistant', parts: [part], finish_reason: 'tool_call' },
      { role: 'assistant', parts: [{ type: 'text', content: 'No.' }], finish_reason: 'stop' },
    ]);
  });
});
