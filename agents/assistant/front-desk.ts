import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
import { runReactLoop, STOPPED } from '../genai/react-loop.ts';
import { defineTool, type Tool } from '../genai/tool.ts';
import { identity } from './identity.ts';
import { DYNAMIC, ROUTER_INSTRUCTIONS, TEMPLATES } from './templates.ts';
import type { Ear } from './user-line.ts';
import { conversationOf, type Office, type Report, workByTemplate, workFreely } from './worker.ts';

/** Work in the background: it begins when the user has been told. */
type Task = () => Promise<Report>;

/** Calls of the router in one round, and rounds: a task that was handed back is given out again. */
const ROUTER_STEPS = 6;
const ROUNDS = 3;

/**
 * Hears what the user wants, starts what is to be done in the background, tells the user so, and tells what came of it.
 *
 * @param messages of the conversation so far; what is said is added
 */
export async function attend(
  office: Office,
  messages: ChatCompletionMessageParam[],
  message: string,
): Promise<Reply> {
  return invokeAgent(
    { conversation: conversationOf(office, identity.name), model: null, message },
    async (active) => {
      office.line.begin(active.spanContext().traceId);
      return serve(office, messages, message);
    },
  );
}

async function serve(
  office: Office,
  messages: ChatCompletionMessageParam[],
  message: string,
): Promise<Reply> {
  const said: string[] = [];
  let words = message;
  for (let round = 1; ; round++) {
    const tasks: Task[] = [];
    const front = await route(office, messages, words, tasks);
    if (tasks.length === 0) return { said: [...said, ...front.said], finished: front.finished };
    const acknowledged = round > 1 || front.said.every((text) => office.line.say(text));
    if (!acknowledged) said.push(...front.said);
    const heardBefore = office.line.heard().length;
    const reports: Report[] = [];
    // One after another, so that no task writes over what another one has just looked at.
    for (const task of tasks) {
      const stopped = (await office.line.next()) === 'stop';
      reports.push(stopped ? { kind: 'done', text: STOPPED } : await task());
    }
    for (const content of office.line.heard().slice(heardBefore)) messages.push({ role: 'user', content });
    const done = reports.flatMap((report) => (report.kind === 'done' ? [report.text] : []));
    if (done.length > 0) {
      const told = [...new Set(done)].join('\n');
      said.push(told);
      messages.push({ role: 'assistant', content: told });
    }
    const back = reports.filter((report) => report.kind === 'handed-back');
    const finished = reports.every(({ kind }) => kind !== 'cut-short');
    if (back.length === 0 || round === ROUNDS) {
      if (back.length > 0)
        said.push(`I could not do this and leave it to you: ${back.map(({ task }) => task).join('; ')}`);
      return { said, finished };
    }
    words = back.map(({ by, task }) => `Handed back by ${by}, who has no tool for it: ${task}`).join('\n');
  }
}

/** One round of the router: it lists tasks and says so, or answers itself. */
async function route(
  office: Office,
  messages: ChatCompletionMessageParam[],
  words: string,
  tasks: Task[],
): Promise<Reply> {
  const { settings, openai, signal, cache, line } = office;
  const tools = delegations(office, tasks);
  const conversation = conversationOf(office, 'front_desk');
  return runReactLoop(
    {
      chat: {
        openai,
        model: settings.roles.router,
        tools,
        conversation,
        signal,
        cache,
        onText: (piece) => line.show(piece),
      },
      tools: { tools, apis: {}, conversation, signal },
      next: line.next,
      systemPrompt: ROUTER_INSTRUCTIONS,
      recursionLimit: ROUTER_STEPS,
      keep: (all) => messages.splice(0, messages.length, ...all),
    },
    words,
    messages,
  );
}

/** Each workflow as a tool that puts a task on the list and does not wait for its end. */
function delegations(office: Office, tasks: Task[]): Tool[] {
  const delegation = (
    name: string,
    description: string,
    start: (task: string, listen: Ear) => Promise<Report>,
  ) =>
    defineTool(
      name,
      description,
      {
        parameters: z.strictObject({
          task: z.string().min(1).describe('All that has to be known to do it, in words'),
        }),
        // Reads side by side: starting takes no time.
        writes: false,
      },
      ({ task }) => ({
        async work() {
          const listen = office.line.listen();
          tasks.push(() => start(task, listen));
          return { status: 'started', task: `task_${tasks.length}` };
        },
      }),
    );
  return [
    ...TEMPLATES.map((template) =>
      delegation(template.name, template.description, (task, listen) =>
        workByTemplate(office, template, task, listen),
      ),
    ),
    delegation(
      DYNAMIC,
      'Anything else that calendar, address book, texts, mail and the web can do, also in several steps that depend on each other.',
      (task, listen) => workFreely(office, task, listen),
    ),
  ];
}
