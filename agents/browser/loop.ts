import { type ChatDeps, chat } from '../genai/chat.ts';
import type { Control } from '../genai/control.ts';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
import type { Next } from '../genai/orders.ts';
import { NOT_DONE, STOPPED } from '../genai/react-loop.ts';
import type { ToolCall } from '../genai/run-tool.ts';
import { markFailed } from '../genai/spans.ts';
import { commandOf } from './command.ts';
import { answerTo, readGrantLines } from './grants.ts';
import { messagesOf, type Session, say } from './session.ts';
import { MOST_OBJECTIONS, type StepDeps, takeStep } from './step.ts';
import { leftText } from './tab.ts';

export type LoopDeps = {
  chat: ChatDeps;
  step: StepDeps;
  systemPrompt: string;
  stepLimit: number;
  /** Those who can be heard while the agent works. */
  people: Pick<Control, 'take' | 'next' | 'begin'>;
};

/**
 * Looks, acts, looks again, until the model answers without an action, a question has to be put to the user, or the
 * user stops it. What people say meanwhile is heard before each step is planned, and before it is taken.
 */
export async function browse(deps: LoopDeps, session: Session, message: string): Promise<Reply> {
  const { conversation, model } = deps.chat;
  return invokeAgent({ conversation, model: model, message }, async (active) => {
    deps.people.begin(active.spanContext().traceId);
    hear(session, message);
    const text = await work(deps, session);
    if (text === null) {
      markFailed(active, 'recursion_limit', `no end after ${deps.stepLimit} model calls`);
      return { said: [], finished: false };
    }
    say(session, 'assistant', text);
    return { said: [text], finished: true };
  });
}

/** What is told the user in the end; `null` where the limit of steps was reached. */
async function work(deps: LoopDeps, session: Session): Promise<string | null> {
  for (let step = 0; step < deps.stepLimit; step++) {
    if ((await deps.people.next()) === 'stop') return STOPPED;
    const stopped = hearMidRun(deps.people, session);
    if (stopped) return stopped;
    const { message } = await chat(deps.chat, deps.systemPrompt, messagesOf(session));
    const calls = (message.tool_calls ?? []).flatMap((call): ToolCall[] =>
      call.type === 'function'
        ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments }]
        : [],
    );
    if (calls.length === 0) return message.content || message.refusal || 'I have nothing to say.';
    session.entries.push({ message });
    const end = await takeSteps(deps, session, calls, await deps.people.next());
    if (end !== null) return end;
  }
  return null;
}

/** Takes the steps of one message in order; those after a page has changed are not taken, since their numbers are old. */
async function takeSteps(
  deps: LoopDeps,
  session: Session,
  calls: readonly ToolCall[],
  next: Next,
): Promise<string | null> {
  let end: string | null = next === 'stop' ? STOPPED : null;
  let changed = false;
  for (const call of calls) {
    const tell = (content: string, left?: string) =>
      session.entries.push({
        message: { role: 'tool', tool_call_id: call.id, content },
        ...(left !== undefined && { left }),
      });
    if (next !== 'go on') {
      tell(NOT_DONE);
      continue;
    }
    if (end !== null || changed) {
      tell('Not done: the page has changed since you chose this.');
      continue;
    }
    const result = await takeStep(deps.step, session, call);
    tell(result.text, result.page && leftText(result.page));
    changed = result.page !== undefined;
    end = result.ask ?? null;
    if (session.objections >= MOST_OBJECTIONS)
      end ??= 'What I meant to do was objected to again and again, so I am handing this over to a person.';
  }
  return end;
}

/** Takes a message of the user: grants, an answer to what was asked, and words. */
function hear(session: Session, message: string): void {
  const { words, rest } = readGrantLines(message);
  for (const { site, access, allowed } of words) session.grants.set(site, access, allowed);
  const { asked } = session;
  const answer = asked && answerTo(rest);
  if (asked && answer !== null) {
    session.grants.set(asked.site, asked.access, answer);
    session.asked = null;
  }
  if (rest !== '') say(session, 'user', rest);
}

/** What ends the work, of what the user has said meanwhile. */
function hearMidRun(people: Pick<Control, 'take'>, session: Session): string | null {
  const texts = people.take();
  for (const text of texts) hear(session, text);
  const command = texts.map(commandOf).findLast((one) => one !== null);
  // Whoever says something after "pause" has taken over already.
  const last = texts.at(-1);
  if (command === 'stop') return 'Stopped, as you said. I do nothing more.';
  if (command !== 'pause' || last === undefined || commandOf(last) !== 'pause') return null;
  const page = session.pages.at(-1);
  return `Paused${page ? ` at ${page.address}` : ''}. Shall I go on, or what shall I do instead?`;
}
