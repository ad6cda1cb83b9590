import type { ScenarioId } from '../../domain/ids.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { Usage } from '../../domain/usage.ts';
import { answerFacts } from '../model/answer-facts.ts';
import type { Recording } from '../model/cassette/recording.ts';
import { CassetteRules, canonicalRequest, digestOf } from '../model/cassette/rules.ts';
import { chatAnswer, chatMessages, chatTools } from './chat-form.ts';

/** The calls of a model in a trace as recordings, and how requests are to be compared with them. */
export type ModelCalls = {
  rules: CassetteRules;
  recordings: Recording[];
  /** The model that was asked first. */
  model: string | null;
  calls: number;
  /** Calls that could not be rebuilt, by why. */
  leftOut: string[];
};

/** What spans do not tell of a request, or tell in another form, and what clients lay around an answer they send again. */
const UNTOLD = [
  'stream_options',
  'temperature',
  'top_p',
  'max_tokens',
  'max_completion_tokens',
  'frequency_penalty',
  'presence_penalty',
  'stop',
  'seed',
  'n',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'reasoning_effort',
  'service_tier',
  'messages.*.refusal',
  'messages.*.annotations',
  'messages.*.audio',
  'messages.*.function_call',
  'messages.*.name',
];

/** Each call twice, as it is asked for whole and as a stream: a span does not tell which it was. */
export function capturedModelCalls(spans: readonly SpanDetail[], scenario: ScenarioId): ModelCalls {
  const rebuilt = spans.map((span) => ({ span, call: rebuild(span) }));
  const told = rebuilt.flatMap(({ span, call }) => (typeof call === 'string' ? [] : [{ span, call }]));
  const toolsTold = told.every(({ call }) => call.request.tools !== undefined);
  const { ignore } = CassetteRules.parse({});
  const rules = CassetteRules.parse({ ignore: [...ignore, ...UNTOLD, ...(toolsTold ? [] : ['tools'])] });
  const occurrences = new Map<string, number>();
  const recordings = told.flatMap(({ span, call }, index) =>
    [false, true].map((streamed): Recording => {
      const asked = streamed ? { ...call.request, stream: true } : call.request;
      const request = canonicalRequest(
        { method: 'POST', path: '/chat/completions', search: '', text: JSON.stringify(asked) },
        rules,
      );
      const digest = digestOf(request);
      const occurrence = occurrences.get(digest) ?? 0;
      occurrences.set(digest, occurrence + 1);
      const body = completionOf(span, call.answer, index);
      const facts = answerFacts(JSON.stringify(body));
      return {
        place: { scenario, trial: 0, of: 'agent', occurrence },
        request,
        status: 200,
        headers: { 'content-type': streamed ? 'text/event-stream' : 'application/json' },
        chunks: [[span.duration, streamed ? streamOf(body) : JSON.stringify(body)]],
        ...facts,
        recordedAt: new Date(Math.floor(span.start / 1000)).toISOString(),
      };
    }),
  );
  return {
    rules,
    recordings,
    model: told[0]?.call.request.model ?? null,
    calls: spans.length,
    leftOut: rebuilt.flatMap(({ call }) => (typeof call === 'string' ? [call] : [])),
  };
}

type ChatRequest = { model: string; messages: Json[]; tools?: Json[] };
type ChatCall = { request: ChatRequest; answer: JsonObject };

/** A call as it went over the wire, or why that is not known. */
function rebuild({ payload, model, status }: SpanDetail): ChatCall | string {
  if (status === 'error') return 'it failed';
  const { inputMessages, outputMessages, systemInstructions, toolDefinitions, attributes } = payload;
  if (inputMessages === null) return 'its messages were not captured';
  const [said] = outputMessages ?? [];
  if (!said) return 'its answer was not captured';
  const asked = attributes['gen_ai.request.model'];
  const requested = typeof asked === 'string' ? asked : model;
  if (requested === null) return 'its model is not known';
  const messages = chatMessages(inputMessages);
  const answer = chatAnswer(said.parts);
  if (!messages || !answer) return 'it holds what is neither text nor a call of a tool, or calls without ids';
  const hasSystem = inputMessages.some(({ role }) => role === 'system' || role === 'developer');
  const system =
    systemInstructions === null || hasSystem ? [] : [{ role: 'system', content: systemInstructions }];
  const tools = chatTools(toolDefinitions);
  return {
    request: { model: requested, messages: [...system, ...messages], ...(tools ? { tools } : {}) },
    answer,
  };
}

function completionOf(span: SpanDetail, message: JsonObject, index: number): CompletionBody {
  const { model, usage, start, payload } = span;
  const id = payload.attributes['gen_ai.response.id'];
  const reasons = payload.attributes['gen_ai.response.finish_reasons'];
  const [told] = Array.isArray(reasons) ? reasons : [];
  const guessed = message.tool_calls === undefined ? 'stop' : 'tool_calls';
  const finish_reason = typeof told === 'string' && told !== 'tool_call' ? told : guessed;
  return {
    id: typeof id === 'string' ? id : `chatcmpl-captured-${index + 1}`,
    object: 'chat.completion',
    created: Math.floor(start / 1e6),
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason }],
    ...(usage ? { usage: usageBody(usage) } : {}),
  };
}

type CompletionBody = {
  id: string;
  object: string;
  created: number;
  model: string | null;
  choices: { index: number; message: JsonObject; logprobs: null; finish_reason: string }[];
  usage?: JsonObject;
};

/** The same as server-sent events: one piece, the end, and the usage. */
function streamOf({ choices, usage, ...head }: CompletionBody): string {
  const base = { ...head, object: 'chat.completion.chunk' };
  const events = choices.flatMap(({ message, finish_reason }) => {
    const { tool_calls, ...rest } = message;
    const calls = Array.isArray(tool_calls)
      ? { tool_calls: tool_calls.map((call, index) => ({ index, ...(call as JsonObject) })) }
      : {};
    return [
      { ...base, choices: [{ index: 0, delta: { ...rest, ...calls }, finish_reason: null }] },
      { ...base, choices: [{ index: 0, delta: {}, finish_reason }] },
    ];
  });
  const all = [...events, ...(usage ? [{ ...base, choices: [], usage }] : [])].map((event) =>
    JSON.stringify(event),
  );
  return [...all, '[DONE]'].map((data) => `data: ${data}\n\n`).join('');
}

function usageBody({ input, cacheRead, cacheWrite, output, reasoning }: Usage): JsonObject {
  const prompt = (input ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0);
  const completion = (output ?? 0) + (reasoning ?? 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cacheRead ?? 0, cache_write_tokens: cacheWrite ?? 0 },
    completion_tokens_details: { reasoning_tokens: reasoning ?? 0 },
  };
}
