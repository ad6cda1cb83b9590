import { z } from 'zod';
import { SpanId, TraceId } from './ids.ts';
import { Json, JsonObject } from './json.ts';
import { Micros } from './units.ts';

/** `egress` is a request to a host that the world does not have: blocked, and journaled as an effect all the same. */
export const EFFECT_OPERATIONS = ['insert', 'update', 'delete', 'egress'] as const;

/** A row of a world's table. */
export const Row = JsonObject;
export type Row = z.infer<typeof Row>;

/** The API call that caused an effect. */
export const EffectCall = z.object({
  /** Number of the call among all calls to the world, from 1. */
  number: z.int(),
  service: z.string(),
  /** The service's operation: `messages.send`; `GET https://host` for egress. */
  operation: z.string(),
  /** From the caller's `traceparent`: the span that caused the effect, or `null` where none was sent. */
  traceId: TraceId.nullable(),
  spanId: SpanId.nullable(),
  /** Whose bearer token came with it, of the principals in the scenario's grants; `agent` where none did. */
  principal: z.string().default('agent'),
});
export type EffectCall = z.infer<typeof EffectCall>;

/** One write in a world's journal. Scoring reads these, never a hash of the world. */
export const Effect = z.object({
  /** Place in the journal, from 1. */
  seq: z.int(),
  /** The world's virtual clock, since the epoch. */
  at: Micros,
  operation: z.enum(EFFECT_OPERATIONS),
  /** `service.table`: `mail.outbox`. The host for egress. */
  table: z.string(),
  key: z.string(),
  before: Row.nullable(),
  after: Row.nullable(),
  /** The table is irreversible (mail, SMS, payment): every write counts, an undo does not erase it. */
  irreversible: z.boolean(),
  call: EffectCall,
});
export type Effect = z.infer<typeof Effect>;

/** One call to a world, writing or not: what the loop detector and the transcript read. */
export const WorldCall = EffectCall.extend({
  at: Micros,
  request: Json,
  status: z.int(),
  response: Json,
  /** The faults that this call met, by kind, joined by `+`; one that changed nothing is not among them. */
  fault: z.string().nullable(),
  /** Tables that an operation which only reads has looked into. What a writing one looks up is its own business. */
  reads: z.array(z.string()).default([]),
  /** From the caller's `Idempotency-Key`. */
  idempotencyKey: z.string().nullable().default(null),
  /** The call whose answer was given again, because this one came with its idempotency key: nothing was done. */
  replayOf: z.int().nullable().default(null),
  /** The call whose request the network delivered a second time, as this one, which no caller made. */
  redeliveryOf: z.int().nullable().default(null),
});
export type WorldCall = z.infer<typeof WorldCall>;
