import { z } from 'zod';
import { SpanId } from './ids.ts';
import { Micros, NanoUsd } from './units.ts';

/** What steps took. */
export const Waste = z.object({
  /** From the start of the model call that led to the first of them to the end of the last. */
  duration: Micros,
  /** Of the model calls that led to them. */
  tokens: z.int(),
  /** `null` where one of these calls is unpriced. */
  cost: NanoUsd.nullable(),
});
export type Waste = z.infer<typeof Waste>;

const place = {
  /** Steps that brought nothing. */
  steps: z.int(),
  /** The span that began it; `null` where spans are not known. */
  spanId: SpanId.nullable(),
  /** The spans of its steps in their order, the first hundred. */
  spans: z.array(SpanId),
  /** By the steps that brought nothing. */
  wasted: Waste,
};

/** One thing that `detectLoops` found. */
export const LoopFinding = z.discriminatedUnion('kind', [
  /** The longest stretch of steps without progress, and the tool that was called most in it. */
  z.object({ kind: z.literal('stretch'), tool: z.string(), count: z.int(), ...place }),
  /**
   * The same 1 to 4 calls over and over, with the same results. `times` counts the round that began it, in which the
   * calls may have been new; `steps` does not.
   */
  z.object({ kind: z.literal('cycle'), sequence: z.array(z.string()), times: z.int(), ...place }),
  /** Control goes from one agent to another and back. `turns` and `times` count the round that began it. */
  z.object({
    kind: z.literal('ping-pong'),
    agents: z.tuple([z.string(), z.string()]),
    turns: z.int(),
    times: z.int(),
    ...place,
  }),
  /** A limit ended the work: of steps, or of the tokens of an answer. The steps are those after the last progress. */
  z.object({
    kind: z.literal('limit'),
    limit: z.enum(['steps', 'tokens']),
    /** The emitter's words. */
    said: z.string(),
    ...place,
  }),
]);
export type LoopFinding = z.infer<typeof LoopFinding>;

/** What `detectLoops` says of a trace or a trial. */
export const LoopReport = z.object({
  /** Tool calls that were judged; `null` where they cannot be: what they brought was not captured. */
  calls: z.int().nullable(),
  /** Of them, those that brought nothing. */
  idle: z.int(),
  /** The most of them one after another. */
  longest: z.int(),
  /** Those that say most first, then the longest; at most twenty cycles and twenty ping-pongs among them. */
  findings: z.array(LoopFinding),
  /**
   * The call that was made most often with the same arguments, whatever it brought: a plain count, for comparison with
   * tools that go by it. `null` where no call was made three times.
   */
  repeated: z.object({ tool: z.string(), count: z.int() }).nullable(),
});
export type LoopReport = z.infer<typeof LoopReport>;
