import type OpenAI from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { chat } from '../genai/chat.ts';
import { inStep } from '../genai/in-step.ts';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
import { parseJson } from '../genai/json.ts';
import { spoken } from '../genai/messages.ts';
import { runTool, type ToolDeps } from '../genai/run-tool.ts';
import { type Conversation, markFailed } from '../genai/spans.ts';
import { SYSTEM_PROMPT } from './prompt.ts';
import type { Settings } from './settings.ts';
import { TOOLS, VOICE } from './tools.ts';

export type VoiceDeps = {
  settings: Settings;
  openai: OpenAI;
  conversation: Conversation;
  signal: AbortSignal;
};

const Call = z.object({ sid: z.string(), status: z.string() });
const Heard = z.object({
  transcript: z.string(),
  end: z.string(),
  silence: z.boolean(),
  call_status: z.string(),
});
const Said = z.object({ spoken: z.string(), first_audio_at: z.string(), interrupted: z.boolean() });

/** The line as it is: the call that lasts, and when the other side was last heard to end. */
type Line = { call: string | null; heardEnd: string | null; turns: number };

/**
 * A call in turns: hear, think, speak. While a call lasts, what the model writes is spoken and what is heard comes to it;
 * before and after, its words are for whoever gave the task.
 */
export async function runVoiceLoop(deps: VoiceDeps, task: string): Promise<Reply> {
  const { conversation, settings } = deps;
  return invokeAgent({ conversation, model: settings.model, message: task }, async (active) => {
    const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: task }];
    const line: Line = { call: null, heardEnd: null, turns: 0 };
    for (let step = 0; step < settings.turnLimit; step++) {
      const wasOnCall = line.call !== null;
      const last = await think(deps, messages, line);
      if (last !== null && !wasOnCall) {
        return { said: [last], finished: true };
      }
      if (last !== null) await speak(deps, line, last, messages);
      else if (!wasOnCall && line.call !== null) messages.push(await hear(deps, line));
    }
    markFailed(active, 'turn_limit', `turn limit: no end after ${settings.turnLimit} model calls`);
    return { said: [], finished: false };
  });
}

/** One call of the model and of the tools that it asks for; its words, or `null` where it called tools. */
async function think(
  { openai, settings, conversation, signal }: VoiceDeps,
  messages: ChatCompletionMessageParam[],
  line: Line,
): Promise<string | null> {
  const { message } = await chat(
    { openai, model: settings.model, tools: TOOLS, conversation, signal, onText: () => {} },
    SYSTEM_PROMPT,
    messages,
  );
  messages.push(message);
  const calls = (message.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [call] : []));
  const tools: ToolDeps = { tools: TOOLS, apis: settings.apis, conversation, signal };
  for (const { id, function: asked } of calls) {
    const content = await runTool(tools, { id, ...asked });
    messages.push({ role: 'tool', tool_call_id: id, content });
    const call = Call.safeParse(parseJson(content));
    if (call.success) line.call = call.data.status === 'in-progress' ? call.data.sid : null;
  }
  return calls.length > 0 ? null : (message.content ?? '');
}

/** Speaks, then hears the answer: one turn, with the time from the end of their words to the first audio of ours. */
async function speak(
  deps: VoiceDeps,
  line: Line,
  text: string,
  messages: ChatCompletionMessageParam[],
): Promise<void> {
  const { conversation } = deps;
  const answered = messages.findLast(({ role }) => role === 'user')?.content;
  await inStep(
    { title: 'turn', conversation },
    {
      'voice.turn.said': text,
      'gen_ai.input.messages': spoken('user', String(answered ?? '')),
      'gen_ai.output.messages': spoken('assistant', text),
    },
    async (active) => {
      const said = Said.safeParse(await voice(deps, line, 'say', { text }));
      if (said.success && line.heardEnd !== null) {
        const latency = (Date.parse(said.data.first_audio_at) - Date.parse(line.heardEnd)) / 1000;
        active.setAttribute('voice.turn.time_to_first_audio', latency);
      }
      const interrupted = said.success && said.data.interrupted;
      active.setAttribute('voice.turn.interrupted', interrupted);
      const heard = await hear(deps, line);
      const words = String(heard.content);
      active.setAttribute('voice.turn.heard', words);
      messages.push(
        interrupted ? { role: 'user', content: `[interrupted after: ${said.data.spoken}] ${words}` } : heard,
      );
    },
  );
}

async function hear(deps: VoiceDeps, line: Line): Promise<{ role: 'user'; content: string }> {
  const heard = Heard.safeParse(await voice(deps, line, 'listen', {}));
  if (!heard.success) {
    line.call = null;
    return { role: 'user', content: '[the line broke]' };
  }
  const { transcript, end, silence, call_status } = heard.data;
  line.heardEnd = silence ? null : end;
  if (call_status !== 'in-progress') line.call = null;
  const words = silence ? '[silence]' : transcript;
  return { role: 'user', content: line.call === null ? `${words} [they hung up]` : words };
}

async function voice(
  { settings, conversation, signal }: VoiceDeps,
  line: Line,
  name: keyof typeof VOICE,
  args: Record<string, string>,
) {
  const deps: ToolDeps = { tools: [VOICE[name]], apis: settings.apis, conversation, signal };
  line.turns++;
  const asked = JSON.stringify({ call: line.call ?? '', ...args });
  return parseJson(await runTool(deps, { id: `${name}_${line.turns}`, name, arguments: asked }));
}
