import { z } from 'zod';
import { RunId, ScenarioId, TraceId, TrialId } from './ids.ts';
import { Micros, NanoUsd } from './units.ts';
import { Usage } from './usage.ts';

/**
 * What a list shows of a trace; computed from its spans, never kept by counting up. Tokens are those of model calls only
 * (kind `llm`), so that a wrapper which repeats its children's usage is not counted twice. Cost is that of all calls of
 * models: embeddings have a price too, but their tokens are not those of a conversation.
 */
export const TraceSummary = z.object({
  traceId: TraceId,
  /** The root's name; the earliest span's while the root has not arrived. */
  name: z.string(),
  rootReceived: z.boolean(),
  service: z.string(),
  agent: z.string().nullable(),
  models: z.array(z.string()),
  start: Micros,
  /** From the first start to the last end. */
  duration: Micros,
  spans: z.int(),
  modelCalls: z.int(),
  toolCalls: z.int(),
  errors: z.int(),
  usage: Usage,
  /** Of the priced calls; `null` when no call is priced. */
  cost: NanoUsd.nullable(),
  /** Model calls and embeddings whose model has no price or whose usage is unknown. */
  unpricedCalls: z.int(),
  runId: RunId.nullable(),
  trialId: TrialId.nullable(),
  scenarioId: ScenarioId.nullable(),
});
export type TraceSummary = z.infer<typeof TraceSummary>;
