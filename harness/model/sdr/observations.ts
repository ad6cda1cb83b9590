import { z } from 'zod';
import { Json, JsonObject } from '../../../domain/json.ts';
import type { ChatMessage } from '../simulated-model.ts';

/** What a failed tool says of itself. Without a status no answer came. */
const Failure = z.object({ error: z.object({ status: z.number().optional(), message: z.string() }) });

/** A tool call of this conversation and what came back. */
export type Observation = {
  tool: string;
  arguments: JsonObject;
  result: Json;
  failure: { status: number | null; message: string } | null;
};

/** What was last asked of the assistant. */
export function lastRequest(messages: readonly ChatMessage[]): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

/** The tool calls since the last request whose results are in, in the order of the calls. */
export function observe(messages: readonly ChatMessage[]): Observation[] {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const results = new Map(since.map((message) => [message.tool_call_id, message.content]));
  return since
    .flatMap((message) => message.tool_calls ?? [])
    .flatMap(({ id, function: { name, arguments: text } }) => {
      const content = results.get(id);
      if (content === undefined) return [];
      const result = parse(content ?? '');
      const failed = Failure.safeParse(result);
      const failure = failed.success
        ? { status: failed.data.error.status ?? null, message: failed.data.error.message }
        : null;
      return [{ tool: name, arguments: JsonObject.catch({}).parse(parse(text)), result, failure }];
    });
}

function parse(text: string): Json {
  try {
    return Json.parse(JSON.parse(text));
  } catch {
    return text;
  }
}

const Contact = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  company: z.string().nullish(),
  title: z.string().nullish(),
  status: z.string(),
  owner: z.string().nullish(),
});
export type Contact = z.infer<typeof Contact>;

const Mail = z.object({
  thread_id: z.string(),
  from: z.string(),
  to: z.string().nullish(),
  subject: z.string(),
  body: z.string(),
  sent_at: z.string(),
  direction: z.enum(['received', 'sent']).optional(),
});
export type Mail = z.infer<typeof Mail>;

const CalendarEvent = z.object({ title: z.string(), start: z.string(), end: z.string() });
export type CalendarEvent = z.infer<typeof CalendarEvent>;

/** The rows a tool gave under `member`; none where it gave something else. */
function rows<T>(schema: z.ZodType<T>, member: string, { result }: Observation): T[] {
  const parsed = z.object({ [member]: z.array(schema) }).safeParse(result);
  return parsed.success ? (parsed.data[member] ?? []) : [];
}

export function contactsIn(observation: Observation): Contact[] {
  return rows(Contact, 'contacts', observation);
}

export function mailsIn(observation: Observation): Mail[] {
  return rows(Mail, 'messages', observation);
}

export function eventsIn(observation: Observation): CalendarEvent[] {
  return rows(CalendarEvent, 'events', observation);
}

/** The time that `current_time` gave, epoch milliseconds. */
export function timeIn({ result }: Observation): number | null {
  const parsed = z.object({ now: z.iso.datetime() }).safeParse(result);
  return parsed.success ? Date.parse(parsed.data.now) : null;
}
