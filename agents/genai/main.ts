import { randomUUID } from 'node:crypto';
import type { Reply } from './invoke-agent.ts';
import type { AgentIdentity } from './spans.ts';
import { startTelemetry } from './telemetry.ts';

/** An agent that handles one request from beginning to end. */
type Runnable = {
  identity: AgentIdentity;
  run(
    request: { message: string; conversationId: string },
    environment: Record<string, string | undefined>,
    signal: AbortSignal,
  ): Promise<Reply>;
};

/**
 * `node agents/<name>/main.ts "message"`: one request, with the variables of the process. Prints what the agent says. Sets
 * the exit code: 0 when it came to an end by itself, 1 when not, 2 without a message.
 */
export async function runFromCommandLine({ identity, run }: Runnable): Promise<void> {
  const message = process.argv.slice(2).join(' ').trim();
  if (message === '') {
    console.error(`usage: node agents/${identity.name}/main.ts "what ${identity.name} is to do"`);
    process.exitCode = 2;
    return;
  }
  const telemetry = startTelemetry(identity);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
  try {
    const request = { message, conversationId: randomUUID() };
    const { said, finished } = await run(request, process.env, interrupted.signal);
    for (const text of said) console.log(text);
    if (!finished) console.error(`${identity.name} was cut short before it came to an end.`);
    process.exitCode = finished ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    await telemetry.shutdown();
  }
}
