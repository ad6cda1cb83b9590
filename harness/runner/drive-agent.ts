import { setTimeout as sleep } from 'node:timers/promises';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { formatCount } from '../../domain/format.ts';
import type { Run } from '../../domain/run.ts';
import type { Ending, Turn } from '../../domain/trial.ts';
import type { Agent, AgentRequest } from '../drivers/agent.ts';
import { createConversation } from '../user/converse.ts';
import type { Mailbox } from '../user/mailbox.ts';
import type { Speaker } from '../user/model-user.ts';
import type { World } from '../world/world.ts';
import { inAgentScope } from './agent-scope.ts';
import { describeThrown } from './describe-thrown.ts';
import type { TrialMeter } from './trial-meter.ts';
import { ATTEMPT, type TrialPlan } from './trial-plan.ts';

/** What was said and how the agent ended. */
export type Driven = {
  turns: Turn[];
  ending: Ending;
  /** Why the user of the scenario, and not the agent, is to blame; `null` else. */
  userFault: string | null;
};

/** More than this many characters in one answer are no answer to anybody. */
const mostSaid = 1_000_000;

/**
 * Lets the agent talk with the scenario's user until they are done, it throws (or lets go of an error that nobody
 * handles, of which its process would have died), or `meter` cuts the trial short, at the wall limit for one. The trial's
 * ids are set as W3C baggage, from which the agent's own span processor copies them. An agent that is cut short has
 * `graceMillis` to end its spans; one that ignores its signal is left behind. Rejects only when `signal` is aborted.
 */
export async function driveAgent(
  deps: {
    agent: Agent;
    environment: Record<string, string>;
    run: Pick<Run, 'id'>;
    world: World;
    mailbox: Mailbox | null;
    speaker: Speaker | null;
    meter: TrialMeter;
    /** Tells the spans of this attempt from those of an earlier one, which may have been killed. */
    attemptId: string;
    graceMillis: number;
  },
  plan: TrialPlan,
  signal: AbortSignal,
): Promise<Driven> {
  signal.throwIfAborted();
  const { world, mailbox, speaker, meter } = deps;
  const { wallSeconds } = plan.scenario.limits;
  const timer = setTimeout(
    () => meter.cut(`the wall limit of ${wallSeconds} s was reached`),
    wallSeconds * 1000,
  );
  const stop = AbortSignal.any([signal, meter.signal]);
  const stopped = Promise.withResolvers<never>();
  const onStop = () => stopped.reject(stop.reason);
  stop.addEventListener('abort', onStop);
  const conversation = createConversation({
    scenario: plan.scenario,
    conversationId: plan.id,
    world,
    mailbox,
    speaker,
    signal: stop,
  });
  const stray = Promise.withResolvers<never>();
  const onStray = (error: unknown) => stray.reject(new Unhandled(describeThrown(error)));
  const ids = rehearsalIds(deps, plan);
  const baggage = baggageOf(ids);
  const environment = { ...deps.environment, OTEL_RESOURCE_ATTRIBUTES: resourceAttributes(ids) };
  const ask = async (request: AgentRequest) => {
    stop.throwIfAborted();
    const work = async () => deps.agent.run(request, environment, stop);
    const result = await context.with(baggage, () => inAgentScope(onStray, work));
    const length = result.said.reduce((sum, text) => sum + text.length, 0);
    if (length <= mostSaid) return result;
    const figures = `${formatCount(mostSaid)} characters said was reached (${formatCount(length)} said)`;
    meter.cut(`the limit of ${figures}`);
    throw meter.signal.reason;
  };
  const ended = (ending: Ending): Driven => ({
    turns: conversation.turns,
    ending,
    userFault: conversation.userFault,
  });
  const talk = conversation.talk(ask);
  try {
    const whole = talk.then(async (finished) => {
      await deps.agent.endConversation?.(plan.id);
      return finished;
    });
    const finished = await Promise.race([whole, stopped.promise, stray.promise]);
    return ended(finished ? { kind: 'finished' } : cutOff('the agent stopped at a limit of its own'));
  } catch (error) {
    signal.throwIfAborted();
    // An agent that heeds its signal throws something of its own.
    if (meter.cutOff === null) return ended(crashed(error));
    await Promise.race([talk, sleep(deps.graceMillis)]).catch(() => undefined);
    return ended(cutOff(meter.cutOff));
  } finally {
    clearTimeout(timer);
    // A combined signal that is listened to is kept for as long as the run's.
    stop.removeEventListener('abort', onStop);
    void deps.agent.endConversation?.(plan.id).catch(() => undefined);
  }
}

class Unhandled extends Error {
  override readonly name = 'not handled by the agent';
}

/** By these attributes of its spans a trial is known. */
function rehearsalIds({ run, attemptId }: { run: Pick<Run, 'id'>; attemptId: string }, plan: TrialPlan) {
  return {
    'rehearse.run.id': run.id,
    'rehearse.trial.id': plan.id,
    'rehearse.scenario.id': plan.scenario.id,
    'rehearse.seed': plan.seed,
    [ATTEMPT]: attemptId,
  };
}

/** Starts from the root context: a trial's trace hangs below nothing of ours. */
function baggageOf(ids: Record<string, string>) {
  const entries = Object.entries(ids).map(([name, value]) => [name, { value }]);
  return propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(Object.fromEntries(entries)));
}

/** As OTEL_RESOURCE_ATTRIBUTES and the `baggage` header have them. */
function resourceAttributes(ids: Record<string, string>): string {
  return Object.entries(ids)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join(',');
}

function cutOff(explanation: string): Ending {
  return { kind: 'cut-off', explanation };
}

function crashed(error: unknown): Ending {
  return { kind: 'crashed', explanation: describeThrown(error) };
}
