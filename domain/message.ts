import { z } from 'zod';
import { Json } from './json.ts';

export const MessagePart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), content: z.string() }),
  z.object({ type: z.literal('reasoning'), content: z.string() }),
  z.object({ type: z.literal('tool_call'), id: z.string().nullable(), name: z.string(), arguments: Json }),
  z.object({ type: z.literal('tool_call_response'), id: z.string().nullable(), response: Json }),
  /** Anything else (blob, uri, file, ...), kept as it came. */
  z.object({ type: z.literal('other'), content: Json }),
]);
export type MessagePart = z.infer<typeof MessagePart>;

/** One message to or from a model, in the shape of the OpenTelemetry GenAI conventions. */
export const Message = z.object({ role: z.string(), parts: z.array(MessagePart) });
export type Message = z.infer<typeof Message>;
