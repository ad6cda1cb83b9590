import { z } from 'zod';
import { Evaluation } from './evaluation.ts';
import { RunId, ScenarioId, SpanId, TraceId, TrialId } from './ids.ts';
import { Json, JsonObject } from './json.ts';
import { Message } from './message.ts';
import { SPAN_KINDS, SPAN_STATUSES } from './span-kind.ts';
import { Micros, NanoUsd } from './units.ts';
import { Usage } from './usage.ts';

/** A finished span without its text: what lists, charts, the waterfall and the span scorers need. */
export const Span = z.object({
  traceId: TraceId,
  spanId: SpanId,
  /** `null` for a root. The parent may never arrive: see `buildTree`. */
  parentSpanId: SpanId.nullable(),
  name: z.string(),
  kind: z.enum(SPAN_KINDS),
  /** Since the epoch. */
  start: Micros,
  duration: Micros,
  status: z.enum(SPAN_STATUSES),
  statusMessage: z.string(),
  errorType: z.string().nullable(),
  service: z.string(),
  /** The emitter's operation (`gen_ai.operation.name`): chat, embeddings, execute_tool, ... */
  operation: z.string().nullable(),
  agent: z.string().nullable(),
  provider: z.string().nullable(),
  /** The model that answered, else the one that was asked. */
  model: z.string().nullable(),
  tool: z.string().nullable(),
  session: z.string().nullable(),
  usage: Usage.nullable(),
  /** `null` for a span that is not a priced model call. */
  cost: NanoUsd.nullable(),
  /** Set on spans of a rehearsal (attributes `rehearse.*`). */
  runId: RunId.nullable(),
  trialId: TrialId.nullable(),
  scenarioId: ScenarioId.nullable(),
});
export type Span = z.infer<typeof Span>;

export const SpanEvent = z.object({ name: z.string(), at: Micros, attributes: JsonObject });
export type SpanEvent = z.infer<typeof SpanEvent>;

export const SpanLink = z.object({ traceId: z.string(), spanId: z.string(), attributes: JsonObject });
export type SpanLink = z.infer<typeof SpanLink>;

/** The heavy part of a span, read one span at a time. Absent content is `null`: it was not captured. */
export const SpanPayload = z.object({
  inputMessages: z.array(Message).nullable(),
  outputMessages: z.array(Message).nullable(),
  systemInstructions: z.string().nullable(),
  toolArguments: Json,
  toolResult: Json,
  /** The tools that the model could call: an array of schemas, or of names. */
  toolDefinitions: Json,
  attributes: JsonObject,
  resource: JsonObject,
  scope: z.object({ name: z.string(), version: z.string() }),
  events: z.array(SpanEvent),
  /** What others' evaluators said of the span, its trace or its session. */
  evaluations: z.array(Evaluation),
  links: z.array(SpanLink),
});
export type SpanPayload = z.infer<typeof SpanPayload>;

/** A span with its text. */
export const SpanDetail = Span.extend({ payload: SpanPayload });
export type SpanDetail = z.infer<typeof SpanDetail>;
