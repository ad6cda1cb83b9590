import { z } from 'zod';
import { SpanId, TraceId } from './ids.ts';
import { Micros } from './units.ts';

/** 24 lower-case hex digits that whoever pins makes up: the same pin sent again is the same pin. */
export const PinId = z
  .string()
  .regex(/^[0-9a-f]{24}$/, 'expected 24 lower-case hex digits')
  .brand<'PinId'>();
export type PinId = z.infer<typeof PinId>;

/** What a person says of a span. `author` as they call themselves, empty where they do not. */
export const PinNote = z.object({
  spanId: SpanId,
  note: z.string().trim().min(1).max(2000),
  author: z.string().trim().max(100).default(''),
});
export type PinNote = z.infer<typeof PinNote>;

/** A note that a person left on a span. */
export const Pin = PinNote.extend({ id: PinId, traceId: TraceId, pinnedAt: Micros });
export type Pin = z.infer<typeof Pin>;
