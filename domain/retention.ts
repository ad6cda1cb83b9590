import type { Micros } from './units.ts';

/** What of a table is past its age, or was removed for it. */
export type PastAge = {
  table: string;
  /** Rows that happened before this moment go. */
  before: Micros;
  rows: number;
  /** About what they take on the disk. */
  bytes: number;
  /** When the first and the last of them happened, by their own clocks. */
  from: Micros;
  to: Micros;
};

/**
 * What is past its age; `held` rows are too, but came in the last days: their clock was wrong, or they were imported.
 * `ahead` rows happened more than a day from now, by their own clocks, and are kept until then.
 */
export type RetentionPlan = { past: PastAge[]; held: number; ahead: number };
