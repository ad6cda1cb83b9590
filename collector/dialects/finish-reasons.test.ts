import { describe, expect, it } from 'vitest';
import { finishReasonsOf } from './finish-reasons.ts';

describe('finishReasonsOf', () => {
  it.each([
    ['tool_calls', 'tool_call'],
    ['tool-calls', 'tool_call'],
    ['toolUse', 'tool_call'],
    ['function_call', 'tool_call'],
    ['end_turn', 'stop'],
    ['endTurn', 'stop'],
    ['STOP', 'stop'],
    ['FinishReason.STOP', 'stop'],
    ['stop_sequence', 'stop'],
    ['completed', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['content-filter', 'content_filter'],
    ['SAFETY', 'content_filter'],
    ['error', 'error'],
    ['pause_turn', 'pause_turn'],
  ])('takes %s for %s', (said, reason) => {
    expect(finishReasonsOf([said], false)).toEqual([reason]);
  });

  it.each(['["stop","length"]', "['stop', 'length']", 'stop, length'])('reads the list in %s', (text) => {
    expect(finishReasonsOf([text], false)).toEqual(['stop', 'length']);
  });

  it('keeps one reason a choice, in order, and has none for none', () => {
    expect(finishReasonsOf(['stop', 'tool_calls'], false)).toEqual(['stop', 'tool_call']);
    expect(finishReasonsOf([], true)).toEqual([]);
  });

  it('believes the answer that calls a tool more than a reason that says stop', () => {
    expect(finishReasonsOf(['stop'], true)).toEqual(['tool_call']);
    expect(finishReasonsOf(['length'], true)).toEqual(['length']);
  });
});
