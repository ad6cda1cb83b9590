import { describe, expect, it } from 'vitest';
import type { ChatMessage, ChatMove } from '../simulated-model.ts';
import { stubborn } from './stubborn.ts';

const goesOn: ChatMove = { text: 'Going on.' };
const call = {
  id: 'call_1',
  type: 'function' as const,
  function: { name: 'find', arguments: '{"q":"Lee"}' },
};

/** What it does after a call that brought this. */
function moveAfter(result: unknown, probability = 1): ChatMove {
  const messages: ChatMessage[] = [
    { role: 'user', content: 'Find Lee.' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'call_1', content: JSON.stringify(result) },
  ];
  return stubborn(() => goesOn, probability)({ messages, tools: ['find'] }, () => 0.5);
}

const again: ChatMove = { calls: [{ tool: 'find', arguments: { q: 'Lee' } }] };

describe('a stubborn model', () => {
  it.each([
    ['arguments that do not fit', { error: { type: 'invalid_arguments', message: 'x' } }],
    ['an unknown tool', { error: { type: 'unknown_tool', message: 'x' } }],
    ['a refusal', { error: { type: '404', status: 404, message: 'x' } }],
  ])('makes a call again after %s', (_, result) => {
    expect(moveAfter(result)).toEqual(again);
    expect(moveAfter(result, 0.5)).toEqual(goesOn);
  });

  it.each([
    ['what worked', { contacts: [] }],
    ['a failure that may have worked', { error: { type: '504', status: 504, message: 'x' } }],
    ['no answer', { error: { type: 'TypeError', message: 'no answer from the mail' } }],
    ['too many requests', { error: { type: '429', status: 429, message: 'x' } }],
  ])('goes on after %s', (_, result) => {
    expect(moveAfter(result)).toEqual(goesOn);
  });
});
