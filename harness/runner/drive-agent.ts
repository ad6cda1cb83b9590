import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Run } from '../../domain/run.ts';
import type { Ending, Turn } from '../../domain/trial.ts';
import type { Agent, AgentRequest } from '../drivers/agent.ts';
import { createConversation } from '../user/converse.ts';
import type { Mailbox } from '../user/mailbox.ts';
import type { Speaker } from '../user/model-user.ts';
import type { World } from '../world/world.ts';
import { inAgentScope } from './agent-scope.ts';
import { describeThrown } from './describe-thrown.ts';
import type { TrialPlan } from './trial-plan.ts';

/** What was said and how the agent ended. */
export type Driven = {
  turns: Turn[];
  ending: Ending;
  /** Why the user of the scenario, and not the agent, is to blame; `null` else. */
  userFault: string | null;
};

/**
 * Lets the agent talk with the scenario's user until they are done, it throws (or lets go of an error that nobody handles, of which its process
 * would have died), or the wall limit comes. The trial's ids are set as W3C
 * baggage, from which the agent's own span processor copies them. An agent that ignores its signal is left behind.
 * Rejects only when `signal` is aborted.
 */
export async function driveAgent(
  deps: {
    agent: Agent;
    environment: Record<string, string>;
    run: Pick<Run, 'id'>;
    world: World;
    mailbox: Mailbox | null;
    speaker: Speaker | null;
  },
  plan: TrialPlan,
  signal: AbortSignal,
): Promise<Driven> {
  signal.throwIfAborted();
  const { wallSeconds } = plan.scenario.limits;
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  const timer = setTimeout(() => stop.abort(new WallLimit()), wallSeconds * 1000);
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  const { world, mailbox, speaker } = deps;
  const conversation = createConversation({
    scenario: plan.scenario,
    conversationId: plan.id,
    world,
    mailbox,
    speaker,
    signal: stop.signal,
  });
  const stray = Promise.withResolvers<never>();
  const onStray = (error: unknown) => stray.reject(new Unhandled(describeThrown(error)));
  const baggage = baggageOf(deps.run, plan);
  const ask = (request: AgentRequest) => {
    const work = async () => deps.agent.run(request, deps.environment, stop.signal);
    return context.with(baggage, () => inAgentScope(onStray, work));
  };
  const ended = (ending: Ending): Driven => ({
    turns: conversation.turns,
    ending,
    userFault: conversation.userFault,
  });
  try {
    const finished = await Promise.race([conversation.talk(ask), stopped, stray.promise]);
    return ended(finished ? { kind: 'finished' } : cutOff('the agent stopped at a limit of its own'));
  } catch (error) {
    signal.throwIfAborted();
    // An agent that heeds its signal throws something of its own.
    const atLimit = stop.signal.reason instanceof WallLimit;
    return ended(atLimit ? cutOff(`the wall limit of ${wallSeconds} s was reached`) : crashed(error));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

class WallLimit extends Error {
  override readonly name = 'WallLimit';
}

class Unhandled extends Error {
  override readonly name = 'not handled by the agent';
}

/** Starts from the root context: a trial's trace hangs below nothing of ours. */
function baggageOf(run: Pick<Run, 'id'>, plan: TrialPlan) {
  const baggage = propagation.createBaggage({
    'rehearse.run.id': { value: run.id },
    'rehearse.trial.id': { value: plan.id },
    'rehearse.scenario.id': { value: plan.scenario.id },
    'rehearse.seed': { value: plan.seed },
  });
  return propagation.setBaggage(ROOT_CONTEXT, baggage);
}

function cutOff(explanation: string): Ending {
  return { kind: 'cut-off', explanation };
}

function crashed(error: unknown): Ending {
  return { kind: 'crashed', explanation: describeThrown(error) };
}
