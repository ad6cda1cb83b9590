import type OpenAI from 'openai';
import { chat } from '../genai/chat.ts';
import { inStep } from '../genai/in-step.ts';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
import { spoken } from '../genai/messages.ts';
import { runTool } from '../genai/run-tool.ts';
import { type Conversation, markFailed } from '../genai/spans.ts';
import type { Tool } from '../genai/tool.ts';
import { CREATE_TASKS, EXECUTE_TASK, PLAN_TASKS } from './prompts.ts';
import type { Settings } from './settings.ts';

export type LoopDeps = {
  settings: Settings;
  openai: OpenAI;
  tools: readonly Tool[];
  conversation: Conversation;
  signal: AbortSignal;
};

/** A task that was carried out and what it brought. */
type Done = { task: string; result: string };

/** What a later task is shown of the earlier ones. */
const SHOWN = 3;

/**
 * The open-ended loop: a list of tasks is made of the goal, the first is carried out, and of what it brought new tasks are
 * made, until none is left or so many were carried out. Nothing ties the list to the goal being reached.
 */
export async function runTaskLoop(deps: LoopDeps, goal: string): Promise<Reply> {
  const { conversation, settings } = deps;
  return invokeAgent({ conversation, model: settings.model, message: goal }, async (active) => {
    const step = <T>(name: string, about: string, work: () => Promise<T>) =>
      inStep(
        { title: `step ${name}`, conversation },
        { 'gen_ai.input.messages': spoken('user', about) },
        work,
      );
    let tasks = await step('plan_tasks', goal, () => listTasks(deps, PLAN_TASKS, `Goal: ${goal}`));
    const done: Done[] = [];
    while (tasks.length > 0) {
      if (done.length >= settings.taskLimit) {
        markFailed(active, 'recursion_limit', `no end after ${settings.taskLimit} tasks`);
        return { said: [], finished: false };
      }
      const [task = '', ...open] = tasks;
      const result = await step('execute_task', task, () => execute(deps, goal, task, done));
      done.push({ task, result });
      tasks = await step('create_tasks', result, () =>
        listTasks(deps, CREATE_TASKS, describe(goal, { task, result }, open)),
      );
    }
    const said = `Goal pursued in ${done.length} tasks. ${done.at(-1)?.result ?? ''}`.trim();
    return { said: [said], finished: true };
  });
}

/** Asks for a list and reads its lines: `1. Look up Lee`. */
async function listTasks(deps: LoopDeps, instructions: string, state: string): Promise<string[]> {
  const { openai, settings, conversation, signal } = deps;
  const choice = await chat(
    { openai, model: settings.model, tools: [], conversation, signal },
    instructions,
    [{ role: 'user', content: state }],
  );
  return (choice.message.content ?? '')
    .split('\n')
    .flatMap((line) => /^\s*(?:\d+[.)]|-)\s+(.+)$/.exec(line)?.[1] ?? []);
}

/** One thought, and the tools it asks for; what they bring is the result. */
async function execute(deps: LoopDeps, goal: string, task: string, done: readonly Done[]): Promise<string> {
  const { openai, settings, tools, conversation, signal } = deps;
  const earlier = done.slice(-SHOWN).map((each) => `- ${each.task}: ${each.result}`);
  const state = [
    `Goal: ${goal}`,
    `Task: ${task}`,
    ...(earlier.length > 0 ? ['Results so far:', ...earlier] : []),
  ];
  const choice = await chat({ openai, model: settings.model, tools, conversation, signal }, EXECUTE_TASK, [
    { role: 'user', content: state.join('\n') },
  ]);
  const results: string[] = choice.message.content ? [choice.message.content] : [];
  for (const call of choice.message.tool_calls ?? []) {
    if (call.type !== 'function') continue;
    const { id, function: asked } = call;
    results.push(await runTool({ tools, apis: settings.apis, conversation, signal }, { id, ...asked }));
  }
  return results.join('\n');
}

function describe(goal: string, { task, result }: Done, open: readonly string[]): string {
  return [
    `Goal: ${goal}`,
    `Last task: ${task}`,
    `Result: ${result}`,
    'Open tasks:',
    ...open.map((each) => `- ${each}`),
  ].join('\n');
}
