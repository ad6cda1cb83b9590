import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, VOID_CAUSES } from '../../domain/outcome.ts';
import type { Run } from '../../domain/run.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { Ending, Trial } from '../../domain/trial.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Agent } from '../drivers/agent.ts';
import type { ModelCall, PriceOf } from '../model/model-call.ts';
import type { RealModel } from '../model/real-model.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import type { Pack } from '../pack.ts';
import { scenarioDigest } from '../scenario/define-scenario.ts';
import { scoreTrial } from '../scorers/score-trial.ts';
import type { TrialRecord } from '../scorers/scorer.ts';
import type { Feedback } from '../user/feedback.ts';
import { modelSpeaker } from '../user/model-user.ts';
import type { Door } from '../world/door.ts';
import { createWorld } from '../world/world.ts';
import { describeThrown } from './describe-thrown.ts';
import { driveAgent } from './drive-agent.ts';
import { figuresFromSpans, figuresFromWorld } from './figures.ts';
import type { SpanSource } from './span-source.ts';
import { createMeter } from './trial-meter.ts';
import { attemptIdOf, isOfAttempt, type TrialPlan } from './trial-plan.ts';

/** What every trial of a run works with. */
export type TrialDeps = {
  run: Run;
  pack: Pick<Pack, 'services' | 'fixtures' | 'checks'>;
  agent: Agent;
  /** `null`: the agent brings its own model. */
  model: SimulatedModel | RealModel | null;
  door: Door;
  /** `null`: no spans; figures and loops are then those of the world. */
  spans: SpanSource | null;
  /** Variables for the agent beside those of its world: the key of a real model, for one. */
  environment: Record<string, string>;
  /** What a usage of the model costs; `null` where it is unpriced. */
  priceOf: PriceOf;
  /** The wall clock. */
  clock(): Micros;
  /** How long an agent may take to send out its spans, in milliseconds. */
  flushMillis: number;
  /** How long an agent that is cut short may take to end its spans, in milliseconds. */
  graceMillis: number;
  /** Where agents hear their users while they work; `null` where no scenario has a user who speaks. */
  feedback: Feedback | null;
  /** Plays users of kind `model`; `null` where no scenario has one. */
  userModel: RealModel | null;
};

/**
 * Runs one trial in a world of its own and judges it. What is wrong with the harness or its surroundings voids the
 * trial; what the agent does, crashing included, fails it. Rejects only when `signal` is aborted, or with
 * FIXTURE_UNKNOWN.
 *
 * @param onModelCall told of each call of the model when its answer has come to its end
 */
export async function runTrial(
  deps: TrialDeps,
  plan: TrialPlan,
  signal: AbortSignal,
  onModelCall: (call: ModelCall) => void = () => {},
): Promise<Trial> {
  const { run, agent, model, clock, graceMillis } = deps;
  const { scenario } = plan;
  const channel = scenario.user.kind === 'silent' ? null : (deps.feedback?.open() ?? null);
  const meter = createMeter(scenario.limits);
  const over = new AbortController();
  let unpriced: string | null = null;
  const world = createWorld({
    spec: scenario.world,
    services: deps.pack.services,
    fixtures: deps.pack.fixtures,
    seed: plan.seed,
    port: plan.port,
    modelCallLimit: scenario.limits.modelCalls,
    meter,
    priceOf: deps.priceOf,
    signal: AbortSignal.any([signal, over.signal]),
    onModelCall(call) {
      if (scenario.limits.usd !== undefined && call.cost === null && call.status === 200) {
        unpriced ??= `limits.usd cannot be kept: nobody knows what a call of ${call.requested} cost`;
        meter.cut(unpriced);
      }
      onModelCall(call);
    },
    ...(model ? { model: 'move' in model ? model : lineOf(model, plan, 'agent') } : {}),
    ...(channel ? { userUrl: channel.url } : {}),
  });
  const start = clock();
  const attemptId = attemptIdOf(plan.attempt, start);
  const virtualStart = world.now;
  const driven = await deps.door
    .inside(world, (own) => {
      const environment = { ...deps.environment, ...own };
      const speaker = deps.userModel && modelSpeaker(lineOf(deps.userModel, plan, 'user'));
      const stage = { agent, environment, run, world, mailbox: channel, speaker };
      return driveAgent({ ...stage, meter, attemptId, graceMillis }, plan, signal);
    })
    .finally(() => {
      over.abort();
      channel?.close();
    });
  const duration = micros(clock() - start);
  // Copies: an agent that was left behind may go on writing to its world.
  const journal = [...world.journal];
  const calls = [...world.calls];
  const virtualDuration = micros(world.now - virtualStart);
  const worldFigures = figuresFromWorld({
    calls,
    modelCalls: world.modelCalls,
    modelUsage: world.modelUsage,
    cost: meter.used.cost,
  });
  // Once the world has refused to go on, whatever the agent made of it is a cut-off.
  const ending: Ending =
    meter.cutOff === null ? driven.ending : { kind: 'cut-off', explanation: meter.cutOff };
  const defect = world.defect;

  const seen = await collectSpans(deps, plan, attemptId, signal);
  // What is missing from a part of a trace would pass for calls that were never made.
  const spans = seen.complete ? seen.spans : null;
  const record: TrialRecord = {
    scenario,
    journal,
    calls,
    turns: driven.turns,
    spans,
    figures: { duration, virtualDuration, ...(spans ? figuresFromSpans(spans) : worldFigures) },
    ending,
  };
  const { scores, outcome } = scoreTrial(record, deps.pack);
  const broken = unpriced ?? defect ?? seen.problem;
  const voided =
    broken !== null
      ? voidedBy('infrastructure', broken)
      : driven.userFault !== null
        ? voidedBy('user-simulator', driven.userFault)
        : null;
  return {
    id: plan.id,
    runId: run.id,
    scenario,
    digest: scenarioDigest(scenario, deps.pack.fixtures),
    index: plan.index,
    seed: plan.seed,
    attempts: plan.attempt,
    start,
    outcome: voided ?? outcome,
    scores,
    journal,
    calls,
    turns: [...record.turns],
    ending,
    traceId: traceOf(seen.spans) ?? calls.find((call) => call.traceId !== null)?.traceId ?? null,
    traceComplete: seen.complete,
    replayed: world.replayed,
    figures: record.figures,
  };
}

function lineOf(model: RealModel, { scenario, index }: TrialPlan, of: 'agent' | 'user') {
  return model.forTrial({ of, scenario: scenario.id, trial: index });
}

type VoidCause = (typeof VOID_CAUSES)[number];

type SeenSpans = { spans: SpanDetail[] | null; complete: boolean; problem: string | null };

async function collectSpans(
  deps: TrialDeps,
  plan: TrialPlan,
  attemptId: string,
  signal: AbortSignal,
): Promise<SeenSpans> {
  if (!deps.spans) return { spans: null, complete: false, problem: null };
  try {
    await flush(deps, signal);
    const found = await deps.spans.spansOf(plan.id, signal);
    const spans = found.spans.filter((span) => isOfAttempt(span, attemptId));
    // The root that was waited for may be that of an earlier attempt.
    const complete = found.complete && spans.some((span) => span.parentSpanId === null);
    return { spans: spans.length > 0 ? spans : null, complete, problem: null };
  } catch (error) {
    signal.throwIfAborted();
    const problem = `the spans of the trial could not be had: ${describeThrown(error)}`;
    return { spans: null, complete: false, problem };
  }
}

/** Waits for the agent's spans to leave, but not for ever. */
async function flush({ agent, flushMillis }: TrialDeps, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const late = async () => {
    await sleep(flushMillis, undefined, { signal: AbortSignal.any([signal, done.signal]) });
    throw new Error(`${agent.name} did not send them out within ${flushMillis / 1000} s`);
  };
  try {
    await Promise.race([agent.flush(), late()]);
  } finally {
    done.abort();
  }
}

function traceOf(spans: readonly SpanDetail[] | null) {
  const root = spans?.find((span) => span.parentSpanId === null) ?? spans?.[0];
  return root?.traceId ?? null;
}

function voidedBy(cause: VoidCause, explanation: string): Outcome {
  return { kind: 'void', cause, explanation };
}
