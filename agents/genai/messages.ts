import type { ChatCompletion, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { type JsonValue, parseJson } from './json.ts';

type Part =
  | { type: 'text'; content: string }
  | { type: 'tool_call'; id: string; name: string; arguments: JsonValue }
  | { type: 'tool_call_response'; id: string; response: JsonValue };

/** A message as the OpenTelemetry GenAI conventions write it; `finish_reason` on output messages only. */
export type GenAiMessage = { role: string; parts: Part[]; finish_reason?: string };

type ToolCalls = NonNullable<ChatCompletion.Choice['message']['tool_calls']>;

function toolCallParts(calls: ToolCalls): Part[] {
  return calls.map((call) =>
    call.type === 'function'
      ? {
          type: 'tool_call',
          id: call.id,
          name: call.function.name,
          arguments: parseJson(call.function.arguments),
        }
      : { type: 'tool_call', id: call.id, name: call.custom.name, arguments: call.custom.input },
  );
}

function textParts(content: string | null | undefined): Part[] {
  return content ? [{ type: 'text', content }] : [];
}

/** What goes to the model, without the system prompt: that has its own attribute. */
export function inputMessages(messages: readonly ChatCompletionMessageParam[]): GenAiMessage[] {
  return messages.flatMap((message): GenAiMessage[] => {
    const text = typeof message.content === 'string' ? message.content : null;
    switch (message.role) {
      case 'user':
        return [{ role: 'user', parts: textParts(text) }];
      case 'assistant':
        return [
          { role: 'assistant', parts: [...textParts(text), ...toolCallParts(message.tool_calls ?? [])] },
        ];
      case 'tool': {
        const response = parseJson(text ?? '');
        return [
          { role: 'tool', parts: [{ type: 'tool_call_response', id: message.tool_call_id, response }] },
        ];
      }
      default:
        return [];
    }
  });
}

/** What came from the model. The conventions write the finish reason `tool_calls` as `tool_call`. */
export function outputMessages(choices: readonly ChatCompletion.Choice[]): GenAiMessage[] {
  return choices.map(({ message, finish_reason }) => ({
    role: 'assistant',
    parts: [...textParts(message.content ?? message.refusal), ...toolCallParts(message.tool_calls ?? [])],
    finish_reason: finish_reason === 'tool_calls' ? 'tool_call' : finish_reason,
  }));
}

/** One message of plain text, as the attributes of an agent's span hold it. */
export function spoken(role: 'user' | 'assistant', content: string): string {
  return JSON.stringify([{ role, parts: [{ type: 'text', content }] }] satisfies GenAiMessage[]);
}
