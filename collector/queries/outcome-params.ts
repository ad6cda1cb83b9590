/** What every question about outcomes is narrowed by. Times are seconds since the epoch. */
export type OutcomeParams = {
  project: string;
  from: number;
  to: number;
  /** How many days after it was sent a message may be answered. */
  days: number;
  /** What is younger than the days then is maturing. */
  asOf: number;
  /** Dimensions that must have these values. */
  filterNames: readonly string[];
  filterValues: readonly string[];
};

/** `by` is an `OutcomeDimension`, or empty. */
export type StepParams = OutcomeParams & { by: string; step: number; limit: number };
