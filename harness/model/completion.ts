import type { ChatMove } from './simulated-model.ts';

/** A model's move with what an answer of OpenAI's API says around it. */
export type Completion = {
  /** Within the trial, from 1. */
  number: number;
  /** Seconds since the epoch. */
  created: number;
  model: string;
  move: ChatMove;
  usage: { input: number; output: number };
};

/** Characters of a streamed piece of text or arguments: a few tokens, as providers send them. */
const PIECE = 16;

/** The body of a `chat.completion`. */
export function completionBody(completion: Completion): object {
  const { move } = completion;
  const message =
    'text' in move
      ? { role: 'assistant', content: move.text, refusal: null }
      : {
          role: 'assistant',
          content: null,
          refusal: null,
          tool_calls: toolCalls(completion.number, move.calls),
        };
  return {
    ...head(completion, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(move) }],
    usage: usageBody(completion.usage),
  };
}

/** The server-sent events of a streamed completion, as one text. */
export function completionStream(completion: Completion, includeUsage: boolean): string {
  const base = head(completion, 'chat.completion.chunk');
  const unsaid = includeUsage ? { usage: null } : {};
  const chunk = (delta: object, finish_reason: string | null) => ({
    ...base,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...unsaid,
  });
  const chunks = [
    chunk({ role: 'assistant', content: 'text' in completion.move ? '' : null }, null),
    ...deltas(completion).map((delta) => chunk(delta, null)),
    chunk({}, finishReason(completion.move)),
    ...(includeUsage ? [{ ...base, choices: [], usage: usageBody(completion.usage) }] : []),
  ];
  return [...chunks.map((event) => JSON.stringify(event)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('');
}

function deltas({ move, number }: Completion): object[] {
  if ('text' in move) return pieces(move.text).map((content) => ({ content }));
  return toolCalls(number, move.calls).flatMap((call, index) => [
    { tool_calls: [{ ...call, index, function: { name: call.function.name, arguments: '' } }] },
    ...pieces(call.function.arguments).map((text) => ({
      tool_calls: [{ index, function: { arguments: text } }],
    })),
  ]);
}

function head({ number, created, model }: Completion, object: string) {
  return { id: `chatcmpl-${number}`, object, created, model, system_fingerprint: 'simulated' };
}

function toolCalls(number: number, calls: Extract<ChatMove, { calls: unknown }>['calls']) {
  return calls.map((call, index) => ({
    id: `call_${number}_${index + 1}`,
    type: 'function',
    function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
  }));
}

export function finishReason(move: ChatMove): string {
  return 'text' in move ? 'stop' : 'tool_calls';
}

function usageBody({ input, output }: Completion['usage']) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

function pieces(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, i) =>
    text.slice(i * PIECE, (i + 1) * PIECE),
  );
}
