import type { OutcomeDimension } from '../../domain/outcome-type.ts';

/** What every question about outcomes is narrowed by, an empty text to any value. Times are seconds since the epoch. */
export type OutcomeParams = {
  project: string;
  from: number;
  to: number;
  /** How many days after it was sent a message may be answered. */
  days: number;
  /** What is younger than the days then is maturing. */
  asOf: number;
} & Record<OutcomeDimension, string>;

/** The column of each dimension, in `message_fates` and in what is read from it. */
export const DIMENSION_COLUMNS: Record<OutcomeDimension, string> = {
  agentVersion: 'agent_version',
  architecture: 'architecture',
  model: 'model',
  channel: 'channel',
  campaign: 'campaign',
};

/** Stands for no dimension: the same for all. */
export const NO_COLUMN = 'nothing';

/** `by` is one of `DIMENSION_COLUMNS`, or `NO_COLUMN`: columns that are not asked for are not read. */
export type StepParams = OutcomeParams & { by: string; step: number; limit: number };
