import { z } from 'zod';
import { Effect, WorldCall } from './effect.ts';
import { RunId, TraceId, TrialId } from './ids.ts';
import { Outcome } from './outcome.ts';
import { Scenario } from './scenario.ts';
import { Score } from './score.ts';
import { Micros, NanoUsd } from './units.ts';
import { Usage } from './usage.ts';

/** What was said in a trial, in order. Tool calls are in the calls and in the trace. */
export const Turn = z.object({
  from: z.enum(['user', 'agent']),
  text: z.string(),
  /** On the world's clock. Absent: not known. */
  at: Micros.optional(),
  /** Said over the feedback channel while the agent was at work: no message of its own, and no answer. */
  midRun: z.boolean().optional(),
  /** Of what the user said mid-run: whether the agent took it. */
  heard: z.boolean().optional(),
});
export type Turn = z.infer<typeof Turn>;

/** What a trial took. `null`: not known (no spans arrived, no priced call). */
export const TrialFigures = z.object({
  /** Wall clock. */
  duration: Micros,
  /** The world's clock. */
  virtualDuration: Micros,
  modelCalls: z.int().nullable(),
  toolCalls: z.int().nullable(),
  usage: Usage.nullable(),
  cost: NanoUsd.nullable(),
});
export type TrialFigures = z.infer<typeof TrialFigures>;

/** How the agent's work ended, apart from what it did. */
export const Ending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('finished') }),
  /** A limit of the trial, or one of the agent's own, cut it short. */
  z.object({ kind: z.literal('cut-off'), explanation: z.string() }),
  /** It threw. */
  z.object({ kind: z.literal('crashed'), explanation: z.string() }),
]);
export type Ending = z.infer<typeof Ending>;

/** One run of one scenario: all that is needed to judge it again without the agent, except its spans. */
export const Trial = z.object({
  id: TrialId,
  runId: RunId,
  /** The scenario as it was, so that an old trial reads as it was judged. */
  scenario: Scenario,
  /** sha256 of the scenario's canonical JSON: only trials of one digest are compared. */
  digest: z.string(),
  /** 0, 1, 2, ... within (run, scenario). */
  index: z.int().nonnegative(),
  seed: z.string(),
  /** How often it was run: a void is run again with the same seed, twice at most. */
  attempts: z.int().positive().default(1),
  start: Micros,
  outcome: Outcome,
  scores: z.array(Score),
  journal: z.array(Effect),
  calls: z.array(WorldCall),
  turns: z.array(Turn),
  /** `null`: not known, of a trial that was stored before it was kept. */
  ending: Ending.nullable().default(null),
  traceId: TraceId.nullable(),
  /** Whether the trace was complete when it was scored; where not, it was scored without its spans. */
  traceComplete: z.boolean(),
  /** An answer of its model came from a recording: the trial shows something, but is no fresh evidence. */
  replayed: z.boolean().default(false),
  figures: TrialFigures,
});
export type Trial = z.infer<typeof Trial>;

/** A trial as a row of a run: without its world, its journal and its words. */
export const TrialSummary = Trial.pick({
  id: true,
  runId: true,
  digest: true,
  index: true,
  start: true,
  outcome: true,
  traceId: true,
  replayed: true,
  figures: true,
}).extend({
  scenarioId: Scenario.shape.id,
  title: z.string(),
  /** Of its scenario. `null` here and below: of a trial that was stored before it was kept. */
  cluster: z.string().nullable().default(null),
  /** It did what it had to and nothing that it must not, whatever it said or cost. */
  right: z.boolean().nullable().default(null),
  /** It made more steps in a row without progress than its scenario allows. */
  looped: z.boolean().nullable().default(null),
});
export type TrialSummary = z.infer<typeof TrialSummary>;
