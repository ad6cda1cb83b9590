import { z } from 'zod';
import { SpanId, TraceId } from './ids.ts';
import { Json, JsonObject } from './json.ts';
import { Micros } from './units.ts';

/** A log record or event of a trace, as its emitter sent it. */
export const LogRecord = z.object({
  traceId: TraceId,
  /** `null` where the emitter named none. */
  spanId: SpanId.nullable(),
  /** Since the epoch. */
  at: Micros,
  /** 1 to 24, as OTLP counts; 0 is unknown. */
  severityNumber: z.int(),
  severityText: z.string(),
  /** What kind of event it is (`gen_ai.evaluation.result`); `null` for a plain record. */
  eventName: z.string().nullable(),
  service: z.string(),
  body: Json,
  attributes: JsonObject,
});
export type LogRecord = z.infer<typeof LogRecord>;
