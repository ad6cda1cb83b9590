import type { Outcome } from '../../domain/outcome.ts';
import type { Run } from '../../domain/run.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { Trial, Turn } from '../../domain/trial.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Agent } from '../drivers/agent.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import type { Pack } from '../pack.ts';
import { scenarioDigest } from '../scenario/define-scenario.ts';
import { scoreTrial } from '../scorers/score-trial.ts';
import type { Ending, TrialRecord } from '../scorers/scorer.ts';
import type { Door } from '../world/msw-door.ts';
import { createWorld, type World } from '../world/world.ts';
import { driveAgent } from './drive-agent.ts';
import { figuresFromSpans, figuresFromWorld } from './figures.ts';
import type { SpanSource } from './span-source.ts';
import type { TrialPlan } from './trial-plan.ts';

/** What every trial of a run works with. */
export type TrialDeps = {
  run: Run;
  pack: Pick<Pack, 'services' | 'fixtures'>;
  agent: Agent;
  /** `null`: the agent brings its own model. */
  model: SimulatedModel | null;
  door: Door;
  /** `null`: no spans; figures and loops are then those of the world. */
  spans: SpanSource | null;
  /** Variables for the agent beside those of its world: the key of a real model, for one. */
  environment: Record<string, string>;
  /** The wall clock. */
  clock(): Micros;
};

/**
 * Runs one trial in a world of its own and judges it. What is wrong with the harness or its surroundings voids the
 * trial; what the agent does, crashing included, fails it. Rejects only when `signal` is aborted, or with
 * FIXTURE_UNKNOWN.
 */
export async function runTrial(deps: TrialDeps, plan: TrialPlan, signal: AbortSignal): Promise<Trial> {
  const { run, agent, model, clock } = deps;
  const { scenario } = plan;
  const world = createWorld({
    spec: scenario.world,
    services: deps.pack.services,
    fixtures: deps.pack.fixtures,
    seed: plan.seed,
    port: plan.port,
    modelCallLimit: scenario.limits.modelCalls,
    ...(model ? { model } : {}),
  });
  const start = clock();
  const virtualStart = world.now;
  const environment = { ...deps.environment, ...world.environment };
  const driven = await deps.door.inside(world, () => driveAgent({ agent, environment, run }, plan, signal));
  const duration = micros(clock() - start);
  // Copies: an agent that was left behind may go on writing to its world.
  const journal = [...world.journal];
  const calls = [...world.calls];
  const virtualDuration = micros(world.now - virtualStart);
  const worldFigures = figuresFromWorld({
    calls,
    modelCalls: world.modelCalls,
    modelUsage: world.modelUsage,
  });
  const ending = endingOf(world, driven.ending);
  const defect = world.defect;

  const seen = await collectSpans(deps, plan, signal);
  const record: TrialRecord = {
    scenario,
    journal,
    calls,
    turns: turnsOf(scenario.start.message, driven.said),
    spans: seen.spans,
    figures: { duration, virtualDuration, ...(seen.spans ? figuresFromSpans(seen.spans) : worldFigures) },
    ending,
  };
  const { scores, outcome } = scoreTrial(record);
  const broken = defect ?? seen.problem;
  return {
    id: plan.id,
    runId: run.id,
    scenario,
    digest: scenarioDigest(scenario),
    index: plan.index,
    seed: plan.seed,
    start,
    outcome: broken === null ? outcome : voidedBy(broken),
    scores,
    journal,
    calls,
    turns: [...record.turns],
    traceId: traceOf(seen.spans) ?? calls.find((call) => call.traceId !== null)?.traceId ?? null,
    traceComplete: seen.complete,
    figures: record.figures,
  };
}

type SeenSpans = { spans: SpanDetail[] | null; complete: boolean; problem: string | null };

async function collectSpans(
  { spans: source, agent }: Pick<TrialDeps, 'spans' | 'agent'>,
  plan: TrialPlan,
  signal: AbortSignal,
): Promise<SeenSpans> {
  if (!source) return { spans: null, complete: false, problem: null };
  try {
    await agent.flush();
    const { spans, complete } = await source.spansOf(plan.id, signal);
    return { spans: spans.length > 0 ? spans : null, complete, problem: null };
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { spans: null, complete: false, problem: `the spans of the trial could not be had: ${reason}` };
  }
}

/** Once the model has refused to go on, whatever the agent made of it is a cut-off. */
function endingOf(world: Pick<World, 'cutOff'>, driven: Ending): Ending {
  return world.cutOff === null ? driven : { kind: 'cut-off', explanation: world.cutOff };
}

function turnsOf(message: string, said: readonly string[]): Turn[] {
  return [{ from: 'user', text: message }, ...said.map((text): Turn => ({ from: 'agent', text }))];
}

function traceOf(spans: readonly SpanDetail[] | null) {
  const root = spans?.find((span) => span.parentSpanId === null) ?? spans?.[0];
  return root?.traceId ?? null;
}

function voidedBy(explanation: string): Outcome {
  return { kind: 'void', cause: 'infrastructure', explanation };
}
