import OpenAI from 'openai';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
import { type Conversation, markFailed } from '../genai/spans.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import type { HostDeps } from './checkpoint.ts';
import { identity } from './identity.ts';
import { carryOut } from './plan.ts';
import { LIKELY, type Progress } from './progress.ts';
import { openShelf } from './search.ts';
import { readSettings, type Settings } from './settings.ts';
import { TOOLS } from './tools.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

/** Indexes do not change while the process runs: a new one comes with a new deployment. */
const shelf = openShelf();

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

/**
 * Looks at one issue from beginning to end. What it finds stands in one comment on the issue from the first step on.
 *
 * @param environment the variables of settings.ts: the code host, the model, and what the search draws upon
 * @throws where the environment is incomplete or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const settings = readSettings(environment);
  const conversation = { id: request.conversationId, agent: identity };
  return invokeAgent(
    { conversation, model: settings.model.name, message: request.message },
    async (active) => {
      const issue = issueIn(request.message);
      const outcome = issue
        ? await answer(settings, { ...issue, conversation, signal })
        : { say: 'Which issue do you mean? Please name it as owner/repository#number.', failure: null };
      if (outcome.failure !== null) markFailed(active, 'cut_short', outcome.failure);
      return { said: [outcome.say], finished: outcome.failure === null };
    },
  );
}

type Task = { repository: string; number: number; conversation: Conversation; signal: AbortSignal };

async function answer(
  { apis, headers, model, indexes, sources }: Settings,
  { repository, number, conversation, signal }: Task,
): Promise<{ say: string; failure: string | null }> {
  const openai = new OpenAI({ apiKey: model.apiKey, baseURL: model.baseUrl });
  const strong = { openai, model: model.name, conversation, signal };
  const small = { ...strong, model: model.small };
  const host: HostDeps = {
    ...{ tools: TOOLS, apis, headers, conversation, signal, repository, number },
    nextCall: counter(),
  };
  const index = shelf.take(indexes, repository);
  try {
    const outcome = await carryOut({ host, strong, small, sources, index });
    if (outcome.kind === 'answered') return { say: report(outcome.progress, number), failure: null };
    return { say: outcome.say, failure: outcome.finished ? null : outcome.say };
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const say = `I came no further on #${number}: ${reason}. What I knew by then stands in my comment, if there is one.`;
    return { say, failure: reason };
  }
}

function report({ ranked }: Progress, number: number): string {
  if (ranked.length === 0) return `I found no files for #${number}; my comment says what I understood.`;
  const paths = ranked.slice(0, LIKELY).map(({ path }) => path);
  return `I answered on #${number}. It will likely touch ${paths.join(', ')}.`;
}

/** `honojs/hono#41`, or "issue #41 of honojs/hono". */
function issueIn(message: string): { repository: string; number: number } | null {
  const repository = /\b([\w.-]+\/[\w.-]*\w)/.exec(message)?.[1];
  const number = /#(\d+)/.exec(message)?.[1];
  return repository && number ? { repository, number: Number(number) } : null;
}

function counter(): () => string {
  let count = 0;
  return () => `call_${++count}`;
}
