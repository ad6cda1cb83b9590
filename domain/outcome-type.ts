/**
 * What can become of a message or of the work for a lead. Plain data: the dashboard bundles it without zod.
 *
 * The first nine are told of a message. `positive` is a reply that wants to go on; a reply that was told as `positive`
 * alone counts as a reply too.
 */
export const OUTCOME_TYPES = [
  'sent',
  'delivered',
  'bounced',
  'opened',
  'clicked',
  'replied',
  'positive',
  'meeting',
  'opted-out',
  /** The agent worked for a lead and chose to send nothing. */
  'declined',
  /** It meant to send and could not. */
  'failed',
] as const;

/** What outcomes can be told apart by; a message has those that its `sent` names. */
export const OUTCOME_DIMENSIONS = ['agentVersion', 'architecture', 'model', 'channel', 'campaign'] as const;
export type OutcomeDimension = (typeof OUTCOME_DIMENSIONS)[number];
