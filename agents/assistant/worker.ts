import type OpenAI from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { z } from 'zod';
import type { AnswerCache } from '../genai/answer-cache.ts';
import { chat } from '../genai/chat.ts';
import type { Memory } from '../genai/memory.ts';
import { runReactLoop } from '../genai/react-loop.ts';
import type { AgentIdentity, Conversation } from '../genai/spans.ts';
import { defineTool, type Tool } from '../genai/tool.ts';
import type { Settings } from './settings.ts';
import {
  DYNAMIC,
  PICKER_INSTRUCTIONS,
  PLANNER_INSTRUCTIONS,
  type Template,
  WORKING_RULES,
} from './templates.ts';
import { isToolName, TOOLS, type ToolName } from './tools.ts';
import type { Ear, UserLine } from './user-line.ts';

/** What everybody at work for one request shares. */
export type Office = {
  settings: Settings;
  openai: OpenAI;
  cache: AnswerCache | undefined;
  conversationId: string;
  memory: Memory;
  version: string;
  line: UserLine;
  signal: AbortSignal;
};

/** What came of a task. */
export type Report =
  | { kind: 'done'; text: string }
  /** It takes something that this worker has no tool for. */
  | { kind: 'handed-back'; by: string; task: string }
  | { kind: 'cut-short'; by: string };

type Worker = { name: string; model: string; instructions: string; tools: readonly ToolName[] };

/** Does a task by a template, with the template's tools alone. */
export function workByTemplate(
  office: Office,
  template: Template,
  task: string,
  listen: Ear,
): Promise<Report> {
  return work(office, { ...template, model: office.settings.roles.template }, task, listen);
}

/** Does a task that no template fits: a small model foresees the tools, then a planner works with these. */
export async function workFreely(office: Office, task: string, listen: Ear): Promise<Report> {
  const tools = await pickTools(office, task);
  const { planner } = office.settings.roles;
  return work(
    office,
    { name: DYNAMIC, model: planner, instructions: PLANNER_INSTRUCTIONS, tools },
    task,
    listen,
  );
}

async function work(office: Office, worker: Worker, task: string, listen: Ear): Promise<Report> {
  const { settings, openai, signal, line } = office;
  const conversation = conversationOf(office, worker.name);
  const handedBack: string[] = [];
  const key = keyOf(office.conversationId, worker.name);
  const earlier = office.memory.of(key);
  // Of two at work by one template only one goes on where the last one asked.
  office.memory.forget(key);
  const tools: Tool[] = [...worker.tools.map((name) => TOOLS[name]), handBack(handedBack)];
  const { said, finished } = await runReactLoop(
    {
      chat: { openai, model: worker.model, tools, conversation, signal, onText: (piece) => line.show(piece) },
      tools: { tools, apis: settings.apis, conversation, signal },
      systemPrompt: worker.instructions + WORKING_RULES,
      recursionLimit: settings.stepLimit,
      news: () => listen().map((content) => ({ role: 'user', content })),
      next: line.next,
      keep: (messages) => {
        if (asks(messages)) office.memory.keep(key, messages);
      },
      over: () => handedBack.length > 0,
    },
    task,
    earlier,
  );
  const [rest] = handedBack;
  if (rest !== undefined) return { kind: 'handed-back', by: worker.name, task: rest };
  return finished ? { kind: 'done', text: said.join('\n') } : { kind: 'cut-short', by: worker.name };
}

/** Whether the last word of a piece of work is a question: its answer goes on where it stopped. */
function asks(messages: readonly ChatCompletionMessageParam[]): boolean {
  const last = messages.at(-1);
  return last?.role === 'assistant' && typeof last.content === 'string' && last.content.includes('?');
}

/** Under which the work of somebody who asked something is kept. */
export function keyOf(conversationId: string, worker: string): string {
  return `${conversationId}/${worker}`;
}

/** The way out of a task that a worker has no tool for; ends its work. */
function handBack(handedBack: string[]): Tool {
  return defineTool(
    'hand_back',
    'Hand the task back because it takes a tool that you do not have.',
    {
      parameters: z.strictObject({ task: z.string().min(1).describe('What is still to be done, in full') }),
      writes: true,
    },
    ({ task }) => ({
      async work() {
        handedBack.push(task);
        return { handed_back: task };
      },
    }),
  );
}

async function pickTools(office: Office, task: string): Promise<ToolName[]> {
  const { openai, settings, cache, signal } = office;
  const list = Object.values(TOOLS).map(({ name, description }) => `- ${name}: ${description}`);
  const choice = await chat(
    {
      openai,
      model: settings.roles.picker,
      tools: [],
      conversation: conversationOf(office, 'tool_picker'),
      signal,
      cache,
    },
    `${PICKER_INSTRUCTIONS}\n\nThe tools:\n${list.join('\n')}`,
    [{ role: 'user', content: task }],
  );
  const named = (choice.message.content ?? '').match(/\w+/g) ?? [];
  return [...new Set(named)].filter(isToolName);
}

export function conversationOf({ conversationId, version }: Office, name: string): Conversation {
  const agent: AgentIdentity = { name, version };
  return { id: conversationId, agent };
}
