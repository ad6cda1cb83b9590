import type { Agent } from './agent.ts';
import { AgentAnswer, describeIssue } from './agent-answer.ts';

/**
 * What an agent's entry file exports. It is written against nothing of ours: the shape is the contract, and what it
 * returns is checked.
 */
export type AgentEntry = {
  name: string;
  version: string;
  run(
    request: { message: string; conversationId: string },
    environment: Record<string, string>,
    signal: AbortSignal,
  ): Promise<unknown>;
  /** Called when a conversation is over: what was kept of it may go. */
  endConversation?: ((conversationId: string) => void | Promise<void>) | undefined;
  /** Sends out the spans that are still buffered. */
  flush(): Promise<void>;
};

/** Drives an agent that runs in this process. A result of another shape counts as a crash of the agent. */
export function inProcess(entry: AgentEntry): Agent {
  return {
    name: entry.name,
    version: entry.version,
    async run(request, environment, signal) {
      const result = AgentAnswer.safeParse(await entry.run(request, environment, signal));
      if (result.success) return result.data;
      throw new Error(
        `expected ${entry.name} to return { said: string[], finished: boolean }: ${describeIssue(result.error)}`,
      );
    },
    endConversation: async (id) => entry.endConversation?.(id),
    flush: () => entry.flush(),
  };
}
