import { interrupt } from '@langchain/langgraph';
import { z } from 'zod';
import { ask, askForText, type Desk, inAnswer, perform, WantedCalls } from './desk.ts';
import {
  deliverPrompt,
  judgePrompt,
  lookUpPrompt,
  POSITION_PROMPT,
  readRequestPrompt,
  writePrompt,
} from './prompts.ts';
import type { State, Update } from './state.ts';
import { type LookUpStep, STEPS } from './steps.ts';

/** Questions to the user in one run, and drafts that are worded anew. */
const MOST_QUESTIONS = 2;
const MOST_REVISIONS = 3;
/** Writes and the looks after them, in one delivery. */
const MOST_DELIVERIES = 8;
/** Ways back to the request because the user spoke. */
const MOST_INTERRUPTIONS = 5;

const NOT_UNDERSTOOD = 'I am handing this over to a person: I could not make out what is to be done.';

const Kind = z.enum(['first message', 'reply', 'other']);
const Reading = z.object({ kind: Kind, look: WantedCalls.default([]) });
const Look = z.object({ look: WantedCalls });
const Verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('act'), message: z.enum(['first', 'none']).default('none') }),
  z.object({ verdict: z.literal('ask'), say: z.string().min(1) }),
  z.object({ verdict: z.literal('stop'), say: z.string().min(1) }),
]);
const Draft = z.object({ calls: WantedCalls });
const Delivery = z.union([z.object({ calls: WantedCalls.min(1) }), z.object({ say: z.string().min(1) })]);

/** What the request is, and what it asks to be looked up first. */
export async function readRequest(desk: Desk, state: State): Promise<Update> {
  const fallback = { kind: 'other' as const, look: [] };
  return ask(desk.small, readRequestPrompt(desk), state, Reading, fallback);
}

/** Looks up what the step is for, in so many rounds at most. */
export async function lookUp(desk: Desk, step: LookUpStep, state: State): Promise<Update> {
  const { operations, rounds } = STEPS[step];
  const found: State['caseFile'] = [];
  const own = (calls: State['look']) =>
    calls.filter(({ tool }) => (operations as readonly string[]).includes(tool));
  // What the request asked for first is not asked for again.
  let look = own(state.look);
  for (let round = 0; round < rounds; round++) {
    if (look.length === 0) {
      const known = { ...state, caseFile: [...state.caseFile, ...found] };
      look = own((await ask(desk.small, lookUpPrompt(step, desk), known, Look, { look: [] })).look);
    }
    if (look.length === 0) break;
    found.push(...(await perform(desk, look, operations, state.caseFile.length + found.length)));
    look = [];
  }
  const left = state.look.filter(({ tool }) => !(operations as readonly string[]).includes(tool));
  return { caseFile: found, look: left };
}

export async function judge(desk: Desk, state: State): Promise<Update> {
  const fallback = { verdict: 'stop' as const, say: NOT_UNDERSTOOD };
  const judged = await ask(desk.strong, judgePrompt(desk), state, Verdict, fallback);
  if (judged.verdict === 'act')
    return { verdict: 'act', isFirstMessage: judged.message === 'first', positioning: null };
  return { verdict: judged.verdict, say: judged.say };
}

export async function position(desk: Desk, state: State): Promise<Update> {
  return { positioning: await askForText(desk.strong, POSITION_PROMPT, state) };
}

export async function writeMessage(desk: Desk, state: State): Promise<Update> {
  const { calls } = await ask(desk.strong, writePrompt(desk), state, Draft, { calls: [] });
  return calls.length > 0
    ? { draft: calls, approved: false }
    : { draft: [], approved: false, verdict: 'stop', say: NOT_UNDERSTOOD };
}

/** Does what was drafted, then what is still to be done, until the model says that all is done or the user speaks. */
export async function deliver(desk: Desk, state: State): Promise<Update> {
  const operations = desk.all.map(({ name }) => name);
  const done: State['caseFile'] = [];
  let calls = state.draft;
  for (let round = 0; round < MOST_DELIVERIES; round++) {
    done.push(...(await perform(desk, calls, operations, state.caseFile.length + done.length)));
    const known = { ...state, caseFile: [...state.caseFile, ...done] };
    const next = await ask(desk.strong, deliverPrompt(desk), known, Delivery, { say: NOT_UNDERSTOOD });
    if ('say' in next) return { caseFile: done, say: next.say };
    const interruption = hear(desk, state);
    if (interruption.interrupted) return { caseFile: done, ...interruption };
    calls = next.calls;
  }
  return { caseFile: done, say: 'I am handing this over to a person: it took more steps than it should.' };
}

/** What the user said while the step worked: it leads back to the request, some times at most. */
export function hear(desk: Desk, { interruptions }: State): Update {
  const requests = desk.heard();
  const interrupted = requests.length > 0 && interruptions < MOST_INTERRUPTIONS;
  return { requests, interrupted, interruptions: interruptions + Number(interrupted) };
}

/** Waits for the user's answer to the question of the judge, then reads the request anew. */
export async function clarify(desk: Desk, state: State): Promise<Update> {
  const answer = String(interrupt(state.say));
  return inAnswer(desk, 'clarify', answer, async () => ({
    requests: [answer],
    questions: state.questions + 1,
  }));
}

/** Waits for the user's word on the angle. Anything but a yes is a wish for another. */
export async function approveAngle(desk: Desk, state: State): Promise<Update> {
  const answer = String(interrupt(`This is the angle I would take. Shall I go on?\n\n${state.positioning}`));
  return inAnswer(desk, 'approve_angle', answer, async () => (isYes(answer) ? {} : { requests: [answer] }));
}

/** Waits for the user's word on the draft. */
export async function approveMessage(desk: Desk, state: State): Promise<Update> {
  const answer = String(interrupt(`Shall I send this?\n\n${state.draft.map(inWords).join('\n\n')}`));
  return inAnswer(desk, 'approve_message', answer, async () => {
    if (isYes(answer)) return { approved: true };
    if (state.revisions + 1 >= MOST_REVISIONS || /^(?:no|stop|cancel)\b/i.test(answer.trim()))
      return { verdict: 'stop', say: 'I sent nothing.', requests: [answer] };
    return { requests: [answer], revisions: state.revisions + 1 };
  });
}

/** Whether the judge's question goes to the user as one that is waited for. */
export function mayAsk({ verdict, questions }: State): boolean {
  return verdict === 'ask' && questions < MOST_QUESTIONS;
}

function inWords({ tool, arguments: given }: State['draft'][number]): string {
  const lines = Object.entries(given).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${tool.replaceAll('_', ' ')}\n${lines.join('\n')}`;
}

function isYes(answer: string): boolean {
  return /^(?:yes|ok(?:ay)?|sure|go (?:on|ahead)|send|do(?: it)?|fine|please do)\b/i.test(answer.trim());
}
