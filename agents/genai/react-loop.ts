import type { ChatCompletion, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { type ChatDeps, chat } from './chat.ts';
import { invokeAgent, type Reply } from './invoke-agent.ts';
import type { Next } from './orders.ts';
import { runTool, type ToolCall, type ToolDeps } from './run-tool.ts';
import { markFailed } from './spans.ts';

export type LoopDeps = {
  chat: ChatDeps;
  tools: ToolDeps;
  systemPrompt: string;
  /** Calls of the model after which the run is cut short. */
  recursionLimit: number;
  /** Messages that came in meanwhile: asked for before each call of the model, and before its last word is taken for one. */
  news?: () => readonly ChatCompletionMessageParam[];
  /** What people want of the run: asked before each call of the model, and before the tools that it chose are run. */
  next?: () => Promise<Next>;
  /** Told of the whole conversation when the run is over: `earlier` of the next run. */
  keep?(messages: readonly ChatCompletionMessageParam[]): void;
  /** Ends the run after a step whose tools have brought it to its end. Default: only the model's last word does. */
  over?(): boolean;
};

/** What is told the user of a run that somebody stopped. */
export const STOPPED = 'Stopped, as I was told. I do nothing more.';
/** What the model is told of a step that somebody did not want any more. */
export const NOT_DONE = 'Not done: somebody stepped in before. Look at what they say.';

/**
 * Reason, act, observe: the model is called with everything so far until it answers without a tool call. After
 * `recursionLimit` calls the run is cut short.
 *
 * @param earlier what was said before `message` in this conversation
 */
export async function runReactLoop(
  deps: LoopDeps,
  message: string,
  earlier: readonly ChatCompletionMessageParam[] = [],
): Promise<Reply> {
  const { conversation } = deps.chat;
  const news = deps.news ?? (() => []);
  const next = deps.next ?? (async () => 'go on' as const);
  return invokeAgent({ conversation, model: deps.chat.model, message }, async (active) => {
    const messages: ChatCompletionMessageParam[] = [...earlier, { role: 'user', content: message }];
    for (let step = 0; step < deps.recursionLimit; step++) {
      if ((await next()) === 'stop') {
        deps.keep?.(messages);
        return { said: [STOPPED], finished: true };
      }
      messages.push(...news());
      const choice = await chat(deps.chat, deps.systemPrompt, messages);
      messages.push(choice.message);
      const calls = toolCalls(choice);
      const late = calls.length === 0 ? news() : [];
      messages.push(...late);
      if (calls.length === 0 && late.length === 0) {
        const text = choice.message.content ?? choice.message.refusal ?? '';
        deps.keep?.(messages);
        return { said: text === '' ? [] : [text], finished: choice.finish_reason !== 'length' };
      }
      // Whoever overrides or stops the run has not wanted what it chose before.
      const wanted = calls.length === 0 || (await next()) === 'go on';
      messages.push(...(wanted ? await observe(deps.tools, calls) : calls.map(notDone)));
      if (deps.over?.()) {
        deps.keep?.(messages);
        return { said: [], finished: true };
      }
    }
    deps.keep?.(messages);
    markFailed(active, 'recursion_limit', `no end after ${deps.recursionLimit} model calls`);
    return { said: [], finished: false };
  });
}

function notDone({ id }: ToolCall): ChatCompletionMessageParam {
  return { role: 'tool', tool_call_id: id, content: NOT_DONE };
}

function toolCalls({ message }: ChatCompletion.Choice): ToolCall[] {
  return (message.tool_calls ?? []).flatMap((call) =>
    call.type === 'function'
      ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments }]
      : [],
  );
}

/** Runs the calls of one message: readers side by side, each writer alone and in its place. */
async function observe(deps: ToolDeps, calls: readonly ToolCall[]): Promise<ChatCompletionMessageParam[]> {
  const observations: ChatCompletionMessageParam[] = [];
  for (const group of independentGroups(deps, calls)) {
    const results = await Promise.all(
      group.map(async (call): Promise<ChatCompletionMessageParam> => {
        return { role: 'tool', tool_call_id: call.id, content: await runTool(deps, call) };
      }),
    );
    observations.push(...results);
  }
  return observations;
}

/** Neighbouring readers form a group; a writer is a group of its own. Order is kept. */
export function independentGroups(
  { tools }: Pick<ToolDeps, 'tools'>,
  calls: readonly ToolCall[],
): ToolCall[][] {
  const writes = (call: ToolCall) => tools.find((tool) => tool.name === call.name)?.writes ?? false;
  const groups: ToolCall[][] = [];
  for (const call of calls) {
    const last = groups.at(-1);
    const joins = last?.[0] && !writes(call) && !writes(last[0]);
    if (last && joins) last.push(call);
    else groups.push([call]);
  }
  return groups;
}
