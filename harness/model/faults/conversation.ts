import type { ChatMessage } from '../simulated-model.ts';

/** What a model did last in the turn that goes on: the tools it called, or `null` where the turn has just begun. */
export function lastCalls(messages: readonly ChatMessage[]): ChatMessage['tool_calls'] | null {
  const turn = messages.slice(turnStart(messages));
  return turn.findLast(({ tool_calls }) => tool_calls && tool_calls.length > 0)?.tool_calls ?? null;
}

/** The messages before the last time that the model called tools. */
export function beforeLastCalls(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.slice(
    0,
    messages.findLastIndex(({ tool_calls }) => tool_calls && tool_calls.length > 0),
  );
}

/**
 * The conversation without what the user said while the model worked: a message that follows tool calls or their
 * results, and not the beginning or an answer.
 */
export function withoutFeedback(messages: readonly ChatMessage[]): ChatMessage[] {
  let atWork = false;
  return messages.filter(({ role, tool_calls }) => {
    if (role === 'assistant') atWork = (tool_calls?.length ?? 0) > 0;
    return !(role === 'user' && atWork);
  });
}

function turnStart(messages: readonly ChatMessage[]): number {
  return messages.findLastIndex(({ role, tool_calls }) => role === 'assistant' && !tool_calls?.length) + 1;
}
