import type { Agent, AgentRequest } from './agent.ts';
import { AgentProcess, NextMessageUnheard } from './agent-process.ts';

/**
 * Drives an agent that is a command in any language, run by the shell: a process a conversation, which is given the
 * user's messages one by one, or a process a message where it exits after each. The addresses of its world are
 * variables of its environment, beside those of this process. What it does instead of answering (it crashes, exits,
 * prints what is no answer or too much) counts as a crash with its reason; silence ends at the wall limit of the trial.
 *
 * @example
 * subprocessAgent({ command: 'python3 agent.py', name: 'my-agent', version: '1.2.0' });
 */
export function subprocessAgent(options: { command: string; name: string; version: string }): Agent {
  const conversations = new Map<string, AgentProcess>();
  const live = new Set<AgentProcess>();
  const killAll = () => {
    for (const agent of live) agent.kill();
  };
  const start = (conversationId: string, environment: Record<string, string>) => {
    const agent = new AgentProcess(options.command, processEnvironment(environment));
    conversations.set(conversationId, agent);
    if (live.size === 0) process.on('exit', killAll);
    live.add(agent);
    void agent.closed.then(() => {
      live.delete(agent);
      if (live.size === 0) process.off('exit', killAll);
    });
    return agent;
  };
  const ask = async (request: AgentRequest, environment: Record<string, string>, signal: AbortSignal) => {
    const known = conversations.get(request.conversationId);
    if (!known?.isOpen) return start(request.conversationId, environment).ask(request, signal);
    try {
      return await known.ask(request, signal);
    } catch (error) {
      if (!(error instanceof NextMessageUnheard)) throw error;
      return start(request.conversationId, environment).ask(request, signal);
    }
  };
  return {
    name: options.name,
    version: options.version,
    async run(request, environment, signal) {
      try {
        return await ask(request, environment, signal);
      } catch (error) {
        conversations.delete(request.conversationId);
        throw error;
      }
    },
    async endConversation(conversationId) {
      const agent = conversations.get(conversationId);
      conversations.delete(conversationId);
      await agent?.end();
    },
    async flush() {},
  };
}

/** The resource attributes of the user's own shell stay: the trial's ids come beside them. */
function processEnvironment(environment: Record<string, string>): Record<string, string | undefined> {
  const attributes = [process.env.OTEL_RESOURCE_ATTRIBUTES, environment.OTEL_RESOURCE_ATTRIBUTES];
  return {
    ...process.env,
    ...environment,
    OTEL_RESOURCE_ATTRIBUTES: attributes.filter(Boolean).join(','),
  };
}
