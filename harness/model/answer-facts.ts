import { z } from 'zod';
import type { Usage } from '../../domain/usage.ts';

/** What an answer says of itself. */
export type AnswerFacts = { model: string | null; usage: Usage | null; finishReason: string | null };

const count = z.int().nonnegative().nullish();
const Details = z
  .object({ cached_tokens: count, cache_write_tokens: count, reasoning_tokens: count })
  .partial()
  .nullish();

/** Chat completions and embeddings count prompt and completion, responses input and output. Details are parts of those. */
const UsageBody = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  input_tokens: count,
  output_tokens: count,
  prompt_tokens_details: Details,
  completion_tokens_details: Details,
  input_tokens_details: Details,
  output_tokens_details: Details,
});

const Body = z.object({
  model: z.string().nullish(),
  usage: UsageBody.nullish().catch(null),
  choices: z
    .array(z.object({ finish_reason: z.string().nullish() }))
    .nullish()
    .catch(null),
  /** Of the responses API. */
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string() }).nullish().catch(null),
});

/** An event of the responses API holds the answer so far. */
const Event = z.object({ response: Body });

const unknown: AnswerFacts = { model: null, usage: null, finishReason: null };

/** Reads the body of an answer of chat completions, responses or embeddings, whole or as server-sent events. */
export function answerFacts(body: string): AnswerFacts {
  const whole = factsIn(body);
  if (whole) return whole;
  return serverSentData(body).reduce<AnswerFacts>((facts, data) => {
    const next = factsIn(data) ?? unknown;
    return {
      model: next.model ?? facts.model,
      usage: next.usage ?? facts.usage,
      finishReason: next.finishReason ?? facts.finishReason,
    };
  }, unknown);
}

/** Whether a stream has said that it is over. */
export function isOver(text: string): boolean {
  return /^data: *\[DONE\]|^event: *response\.(?:completed|incomplete|failed)\b/m.test(text);
}

function factsIn(text: string): AnswerFacts | null {
  const value = parse(text);
  const event = Event.safeParse(value);
  const body = event.success ? event.data.response : Body.safeParse(value).data;
  if (!body) return null;
  const ended = body.status === 'in_progress' || body.status === 'queued' ? null : body.status;
  return {
    model: body.model ?? null,
    usage: body.usage ? exclusive(body.usage) : null,
    finishReason:
      body.choices?.find((choice) => choice.finish_reason)?.finish_reason ??
      body.incomplete_details?.reason ??
      ended ??
      null,
  };
}

function exclusive(usage: z.infer<typeof UsageBody>): Usage {
  const into = usage.prompt_tokens ?? usage.input_tokens ?? null;
  const out = usage.completion_tokens ?? usage.output_tokens ?? null;
  const intoParts = usage.prompt_tokens_details ?? usage.input_tokens_details;
  const outParts = usage.completion_tokens_details ?? usage.output_tokens_details;
  const cacheRead = intoParts?.cached_tokens ?? null;
  const cacheWrite = intoParts?.cache_write_tokens ?? null;
  const reasoning = outParts?.reasoning_tokens ?? null;
  return {
    input: less(into, (cacheRead ?? 0) + (cacheWrite ?? 0)),
    cacheRead,
    cacheWrite,
    output: less(out, reasoning ?? 0),
    reasoning,
  };
}

function less(whole: number | null, part: number): number | null {
  return whole === null ? null : Math.max(0, whole - part);
}

function serverSentData(body: string): string[] {
  return [...body.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => data ?? '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
