import type { TraceId } from './ids.ts';
import type { Micros } from './units.ts';

/** A message that an agent sent, and what became of it. `null`: not told. */
export type SentMessage = {
  messageId: string;
  subject: string | null;
  traceId: TraceId | null;
  sentAt: Micros;
  /** Of the first reply. */
  repliedAt: Micros | null;
  delivered: boolean;
  bounced: boolean;
  optedOut: boolean;
  positive: boolean;
  meeting: boolean;
  channel: string | null;
  campaign: string | null;
  agentVersion: string | null;
  architecture: string | null;
  model: string | null;
};

/** What a list of messages may be narrowed to; `sent` are all of them. */
export const MESSAGE_STAGES = [
  'sent',
  'delivered',
  'bounced',
  'replied',
  'positive',
  'meeting',
  'opted-out',
] as const;
export type MessageStage = (typeof MESSAGE_STAGES)[number];
