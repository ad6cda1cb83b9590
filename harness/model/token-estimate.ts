import type { ChatMove, ChatRequest } from './simulated-model.ts';

/** English text has about four characters a token; a simulated model's usage is this estimate, not a tokenizer's count. */
const CHARACTERS_PER_TOKEN = 4;

/** Estimated tokens of a call: the messages and the tools' definitions in, the move out. At least 1 each. */
export function countTokens(
  input: { request: ChatRequest; toolDefinitions: string },
  move: ChatMove,
): { input: number; output: number } {
  const characters = input.request.messages.reduce(
    (sum, message) =>
      sum +
      (message.content?.length ?? 0) +
      (message.tool_calls ? JSON.stringify(message.tool_calls).length : 0),
    input.toolDefinitions.length,
  );
  return {
    input: tokens(characters),
    output: tokens('text' in move ? move.text.length : callsLength(move.calls)),
  };
}

function callsLength(calls: Extract<ChatMove, { calls: unknown }>['calls']): number {
  return calls.reduce((sum, call) => sum + call.tool.length + JSON.stringify(call.arguments).length, 0);
}

function tokens(characters: number): number {
  return Math.max(1, Math.ceil(characters / CHARACTERS_PER_TOKEN));
}
