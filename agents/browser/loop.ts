import { type ChatDeps, chat } from '../genai/chat.ts';
import type { Feedback } from '../genai/feedback.ts';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
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
  /** The user, where they can be heard while the agent works. */
  user: Feedback | null;
};

/**
 * Looks, acts, looks again, until the model answers without an action, a question has to be put to the user, or the
 * user stops it. What the user says meanwhile is heard before each step is planned, and before it is taken.
 */
export async function browse(deps: LoopDeps, session: Session, message: string): Promise<Reply> {
  const { conversation, model } = deps.chat;
  return invokeAgent({ conversation, model: model, message }, async (active) => {
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
    const stopped = hearMidRun(deps.user, session);
    if (stopped) return stopped;
    const { message } = await chat(deps.chat, deps.systemPrompt, messagesOf(session));
    const calls = (message.tool_calls ?? []).flatMap((call): ToolCall[] =>
      call.type === 'function'
        ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments }]
        : [],
    );
    if (calls.length === 0) return message.content || message.refusal || 'I have nothing to say.';
    session.entries.push({ message });
    const end = await takeSteps(deps, session, calls);
    if (end !== null) return end;
  }
  return null;
}

/** Takes the steps of one message in order; those after a page has changed are not taken, since their numbers are old. */
async function takeSteps(
  deps: LoopDeps,
  session: Session,
  calls: readonly ToolCall[],
): Promise<string | null> {
  let end: string | null = null;
  let changed = false;
  for (const call of calls) {
    const tell = (content: string, left?: string) =>
      session.entries.push({
        message: { role: 'tool', tool_call_id: call.id, content },
        ...(left !== undefined && { left }),
      });
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
function hearMidRun(user: Feedback | null, session: Session): string | null {
  const texts = user?.take() ?? [];
  for (const text of texts) hear(session, text);
  const command = texts.map(commandOf).findLast((one) => one !== null);
  // Whoever says something after "pause" has taken over already.
  const last = texts.at(-1);
  if (command === 'stop') return 'Stopped, as you said. I do nothing more.';
  if (command !== 'pause' || last === undefined || commandOf(last) !== 'pause') return null;
  const page = session.pages.at(-1);
  return `Paused${page ? ` at ${page.address}` : ''}. Shall I go on, or what shall I do instead?`;
}
