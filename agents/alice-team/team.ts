import type OpenAI from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { z } from 'zod';
import type { Settings } from '../alice-react/settings.ts';
import { toolsFor } from '../alice-react/tools.ts';
import { briefing, type CaseFile, noteCall } from '../genai/case-file.ts';
import type { Reply } from '../genai/invoke-agent.ts';
import { runReactLoop } from '../genai/react-loop.ts';
import type { AgentIdentity } from '../genai/spans.ts';
import { defineTool, type Tool } from '../genai/tool.ts';
import { SUPERVISOR } from './prompts.ts';
import { SPECIALISTS, type Specialist } from './specialists.ts';

export type TeamDeps = {
  settings: Settings;
  openai: OpenAI;
  conversationId: string;
  identity: AgentIdentity;
  signal: AbortSignal;
  /** What the user has said since it was last asked. */
  heard(): string[];
};

/** What the specialists of one conversation share. */
export type Desk = {
  requests: string[];
  caseFile: CaseFile;
  /** The newest positioning report. */
  positioning: string | null;
};

export function newDesk(): Desk {
  return { requests: [], caseFile: [], positioning: null };
}

/** A conversation with the team, which may go on. */
export type Talk = {
  desk: Desk;
  /** What the supervisor and the colleague said before. */
  earlier: readonly ChatCompletionMessageParam[];
  keep(messages: readonly ChatCompletionMessageParam[]): void;
};

/**
 * The supervisor talks with the colleague and asks specialists; each works in a loop of its own over the briefing it gets and
 * the tools it has, and its report is what the supervisor sees of it.
 */
export async function runTeam(deps: TeamDeps, talk: Talk, message: string): Promise<Reply> {
  const { settings, openai, signal } = deps;
  const { desk, earlier, keep } = talk;
  desk.requests.push(message);
  const news = () => {
    const heard = deps.heard();
    desk.requests.push(...heard);
    return heard.map((content) => ({ role: 'user' as const, content }));
  };
  const conversation = { id: deps.conversationId, agent: deps.identity };
  const tools = SPECIALISTS.filter((specialist) => isUsable(specialist, settings)).map((specialist) =>
    delegation(deps, desk, specialist),
  );
  return runReactLoop(
    {
      chat: { openai, model: settings.model.name, tools, conversation, signal },
      tools: { tools, apis: settings.apis, conversation, signal },
      systemPrompt: SUPERVISOR,
      recursionLimit: settings.recursionLimit,
      news,
      keep,
    },
    message,
    earlier,
  );
}

function toolsOf(specialist: Specialist, { apis, mostTools }: Settings): readonly Tool[] {
  return toolsFor(apis, mostTools).filter((tool) => specialist.uses(tool));
}

/** Who has tools for nothing but the CRM writes nothing on LinkedIn. */
function isUsable(specialist: Specialist, settings: Settings): boolean {
  return specialist.name !== 'linkedin_writer' || settings.apis.linkedin !== undefined;
}

/** Asking a specialist, as a tool of the supervisor. */
function delegation(deps: TeamDeps, desk: Desk, specialist: Specialist): Tool {
  const { name, description } = specialist;
  const parameters = z.strictObject({ task: z.string().min(1).describe('What it is to do, in a sentence') });
  return defineTool(name, description, { parameters, writes: true }, ({ task }) => ({
    work: async (signal) => {
      const report = await ask({ ...deps, signal }, desk, specialist, task);
      if (name === 'positioning_report') desk.positioning = report;
      return { report };
    },
  }));
}

async function ask(deps: TeamDeps, desk: Desk, specialist: Specialist, task: string): Promise<string> {
  const { settings, openai, signal } = deps;
  const agent = { name: specialist.name, version: deps.identity.version };
  const conversation = { id: deps.conversationId, agent };
  const tools = toolsOf(specialist, settings);
  const model = specialist.model === 'small' ? settings.model.small : settings.model.name;
  const { said, finished } = await runReactLoop(
    {
      chat: { openai, model, tools, conversation, signal },
      tools: {
        tools,
        apis: settings.apis,
        conversation,
        signal,
        onResult: (call, result) => noteCall(desk.caseFile, call, result),
      },
      systemPrompt: specialist.prompt(settings.apis),
      recursionLimit: settings.recursionLimit,
    },
    briefing([
      ['Task', task],
      ...desk.requests.map((request) => ['Request', request] as const),
      ...(desk.positioning === null ? [] : [['Positioning report', desk.positioning] as const]),
      ['Case file', JSON.stringify(desk.caseFile)],
    ]),
  );
  return finished ? said.join('\n') : `${specialist.name} was cut short before it came to an end.`;
}
