import { z } from 'zod';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import type { Row } from '../../../domain/effect.ts';
import { Json } from '../../../domain/json.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service } from '../service.ts';
import { refusal } from '../world-request.ts';
import { differingArguments, nearestAnswer } from './nearest-answer.ts';

/** What a tool answered once. */
export const RecordedAnswer = z.object({
  id: z.string(),
  tool: z.string(),
  arguments: Json,
  result: Json.default(null),
  /** The call did something that counts, beside answering. */
  writes: z.boolean().default(false),
  /** Why the call failed; it is refused with these words, and nothing is done. */
  error: z.string().nullable().default(null),
});
export type RecordedAnswer = z.infer<typeof RecordedAnswer>;

/**
 * The columns of a call in `recorded.effects`, each argument one of its own, so that an expectation can bind one and
 * leave another free: `{ tool, 'arguments.to': ... }`.
 */
export function effectColumns(tool: string, given: Json): Row {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return { tool, arguments: given };
  const members = Object.entries(given).map(([name, value]) => [`arguments.${name}`, value]);
  return { tool, ...Object.fromEntries(members) };
}

const callTool = defineOperation({
  id: 'tools.call',
  method: 'POST',
  path: '/tools/:name',
  summary: 'Answers a tool as it was recorded; the body is its arguments',
  body: Json,
  replies: { 200: z.unknown(), 404: RefusalBody, 422: RefusalBody },
  handle({ params: { name }, body, table, newId }) {
    const all = [...table('answers').all()].map((row) => RecordedAnswer.parse(row));
    const ofTool = all.filter(({ tool }) => tool === name);
    const same = ofTool.filter((answer) => canonicalJson(answer.arguments) === canonicalJson(body));
    const writing = ofTool.filter(({ writes }) => writes);
    if (same.length === 0 && writing.length === 0)
      return refusal(404, 'not_recorded', missing(name, body, all));
    const answer =
      same[Math.min(timesAsked(newId, name, body), same.length) - 1] ?? nearestAnswer(body, writing);
    if (!answer || answer.error !== null) return refusal(422, 'tool_failed', answer?.error ?? 'it failed');
    if (answer.writes) table('effects').insert({ ...effectColumns(name, body), id: newId('effect') });
    return { status: 200, body: answer.result };
  },
});

/** How often this question came, with this time: a counter of the world's, so that no table shows it as a write. */
function timesAsked(newId: (prefix: string) => string, tool: string, body: Json): number {
  const question = `asked ${canonicalJson([tool, body])}`;
  return Number(newId(question).slice(question.length + 1));
}

function missing(tool: string, body: Json, all: readonly RecordedAnswer[]): string {
  const nearest = nearestAnswer(
    body,
    all.filter((answer) => answer.tool === tool),
  );
  if (!nearest) {
    const tools = [...new Set(all.map((answer) => answer.tool))].join(', ') || 'no tool';
    return `"${tool}" was never called; recorded are ${tools}`;
  }
  return `"${tool}" was never asked this; the nearest recording, ${nearest.id}, differs in ${differingArguments(nearest.arguments, body).join('; ')}`;
}

/**
 * The tools of a recorded trace. A question is answered as it was then: asked several times, by its answers in their
 * order, the last of them from then on. What was never asked is 404, except of a tool that writes: an agent that words a
 * mail in another way has sent it all the same, so the call is kept in `effects` and answered as its nearest recording.
 */
export const recorded: Service = {
  name: 'recorded',
  tables: { answers: { key: 'id' }, effects: { key: 'id', irreversible: true } },
  operations: [callTool],
};
