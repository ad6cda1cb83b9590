import { z } from 'zod';
import { briefing, type CaseFile, noteCall } from '../genai/case-file.ts';
import { type ChatDeps, chat } from '../genai/chat.ts';
import { inStep } from '../genai/in-step.ts';
import { parseJson } from '../genai/json.ts';
import { spoken } from '../genai/messages.ts';
import { runTool, type ToolDeps } from '../genai/run-tool.ts';
import type { Conversation } from '../genai/spans.ts';
import type { House } from './prompts.ts';
import type { State, Wanted } from './state.ts';

/** What the steps of one run work with. */
export type Desk = House & {
  /** Judges and words. */
  strong: ChatDeps;
  /** Looks up. */
  small: ChatDeps;
  tools: ToolDeps;
  conversation: Conversation;
  /** What the user has said since it was last asked. */
  heard(): string[];
  /** The user sees angles and drafts before anything is sent. */
  review: boolean;
};

const JsonRecord = z.record(z.string(), z.json());
export const WantedCalls = z.array(z.object({ tool: z.string(), arguments: JsonRecord.default({}) }));

/** Asks the model in the words of a step, over all that is known; an answer of another form is `fallback`. */
export async function ask<Answer>(
  deps: ChatDeps,
  systemPrompt: string,
  state: State,
  schema: z.ZodType<Answer>,
  fallback: Answer,
): Promise<Answer> {
  const text = await askForText(deps, systemPrompt, state);
  return schema.catch(fallback).parse(parseJson(text.replace(/^```(?:json)?|```$/gm, '').trim()));
}

export async function askForText(deps: ChatDeps, systemPrompt: string, state: State): Promise<string> {
  const content = briefing([
    ...state.requests.map((request) => ['Request', request] as const),
    ...(state.positioning ? [['Positioning report', state.positioning] as const] : []),
    ['Case file', JSON.stringify(state.caseFile)],
  ]);
  const { message } = await chat(deps, systemPrompt, [{ role: 'user', content }]);
  return message.content ?? message.refusal ?? '';
}

/** Makes the calls that are among `operations`: those that read side by side, each that writes alone. */
export async function perform(
  desk: Desk,
  wanted: readonly Wanted[],
  operations: readonly string[],
  done: number,
): Promise<CaseFile> {
  const allowed = wanted.filter(({ tool }) => operations.includes(tool));
  const caseFile: CaseFile = [];
  const make = async ({ tool, arguments: given }: Wanted, place: number) => {
    const call = { id: `step_${done + place + 1}`, name: tool, arguments: JSON.stringify(given) };
    const result = await runTool(desk.tools, call);
    return () => noteCall(caseFile, call, result);
  };
  const writes = (name: string) => desk.all.some((tool) => tool.name === name && tool.writes);
  if (!allowed.some(({ tool }) => writes(tool))) {
    for (const note of await Promise.all(allowed.map(make))) note();
  } else {
    for (const [place, one] of allowed.entries()) (await make(one, place))();
  }
  return caseFile;
}

/** A node of the graph as a span, between the agent's and those of its calls. */
export function inNode<Result>(
  { conversation }: Desk,
  node: string,
  work: () => Promise<Result>,
): Promise<Result> {
  return inStep({ title: `step ${node}`, conversation }, {}, work);
}

/** A node that waited for the user: its span holds the answer. */
export function inAnswer<Result>(
  { conversation }: Desk,
  node: string,
  answer: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const step = { title: `step ${node}`, conversation, operation: 'human_input' as const };
  return inStep(step, { 'gen_ai.input.messages': spoken('user', answer) }, work);
}
