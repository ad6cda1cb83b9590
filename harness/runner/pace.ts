/**
 * How many trials a provider of models bears at a time: additive increase, multiplicative decrease, as TCP does it. The
 * figures are those of Inspect. All times are milliseconds of one clock.
 */
export type Pace = {
  /** Trials at a time. What is run is its whole part. */
  readonly limit: number;
  readonly ceiling: number;
  /** Calls that were answered since the limit last changed. */
  readonly answered: number;
  /** Until then, one cut stands for all refusals, and nothing grows. */
  readonly coolUntil: number;
  /** Until then, no trial is started: the provider named the time. */
  readonly pausedUntil: number;
};

/** What a call of a model came to. */
export type PaceEvent =
  | { kind: 'answered'; at: number }
  /** 429. `retryAfter`: what the provider asked for, in milliseconds; 0 where it said nothing. */
  | { kind: 'refused'; at: number; retryAfter: number }
  /** 5xx or no answer: a reason not to grow, none to cut. */
  | { kind: 'failed'; at: number };

const firstLimit = 20;
const cut = 0.8;
const growth = 1.05;
const coolMillis = 15_000;
/** A provider that asks for more is asked again after this. */
const longestPause = 5 * 60_000;

/** @param ceiling trials at a time that are never exceeded; 1 or more */
export function firstPace(ceiling: number): Pace {
  return { limit: Math.min(firstLimit, ceiling), ceiling, answered: 0, coolUntil: 0, pausedUntil: 0 };
}

/**
 * The pace after an event. A refusal cuts by a fifth, once in 15 seconds; as many answers as there are trials at a time,
 * with none refused, let it grow by a twentieth.
 */
export function nextPace(pace: Pace, event: PaceEvent): Pace {
  switch (event.kind) {
    case 'refused': {
      const pausedUntil = Math.max(pace.pausedUntil, event.at + Math.min(event.retryAfter, longestPause));
      if (event.at < pace.coolUntil) return { ...pace, pausedUntil };
      const limit = Math.max(1, pace.limit * cut);
      return { ...pace, limit, answered: 0, coolUntil: event.at + coolMillis, pausedUntil };
    }
    case 'failed':
      return { ...pace, answered: 0 };
    case 'answered': {
      if (event.at < Math.max(pace.coolUntil, pace.pausedUntil)) return pace;
      const answered = pace.answered + 1;
      if (answered < pace.limit) return { ...pace, answered };
      return { ...pace, limit: Math.min(pace.ceiling, pace.limit * growth), answered: 0 };
    }
  }
}
