import { type Difference, difference } from './difference.ts';
import type { Rate } from './rate.ts';
import type { Micros } from './units.ts';
import { wilson } from './wilson.ts';

/**
 * What became of messages within a number of days after they were sent. Each message and each lead is in one cohort, so
 * that cohorts add up: a message in that of the moment it was sent at, a lead in that of its first message.
 */
export type OutcomeCounts = {
  sent: number;
  /** Of which it was told. */
  delivered: number;
  bounced: number;
  /** Messages that were answered, positively or not. */
  replied: number;
  /** Of the delivered ones. */
  deliveredReplied: number;
  positive: number;
  deliveredPositive: number;
  meetings: number;
  optedOut: number;
  /** Leads that were sent a first message. */
  contactedLeads: number;
  /** Of them, those that answered any message within the days after the first. */
  repliedLeads: number;
  /** Of the messages sent, those that aggregates count: what became of them has no times, and is not cut at the days. */
  aggregated: number;
};

/** The messages of a step of time with one value of a dimension. */
export type OutcomeCohort = OutcomeCounts & {
  start: Micros;
  /** `null`: without a dimension, or nobody said. */
  value: string | null;
  /** Younger than the days: its replies are still to come, and it has no part in a rate. */
  maturing: boolean;
};

/** What a reply rate is over. */
export const RATE_BASES = ['delivered', 'sent', 'lead'] as const;
export type RateBase = (typeof RATE_BASES)[number];

const NONE: OutcomeCounts = {
  sent: 0,
  delivered: 0,
  bounced: 0,
  replied: 0,
  deliveredReplied: 0,
  positive: 0,
  deliveredPositive: 0,
  meetings: 0,
  optedOut: 0,
  contactedLeads: 0,
  repliedLeads: 0,
  aggregated: 0,
};
export const COUNT_NAMES = Object.keys(NONE) as (keyof OutcomeCounts)[];

export function sumCounts(cohorts: readonly OutcomeCounts[]): OutcomeCounts {
  const sum = { ...NONE };
  for (const cohort of cohorts) for (const name of COUNT_NAMES) sum[name] += cohort[name];
  return sum;
}

/** `null` where there is nothing to divide by, or the counts contradict each other: more successes than observations. */
export function rateOf(successes: number, n: number): Rate | null {
  return n === 0 || successes > n ? null : wilson(successes, n);
}

/** Replies over one of the denominators. */
export function replyRate(counts: OutcomeCounts, base: RateBase): Rate | null {
  if (base === 'lead') return rateOf(counts.repliedLeads, counts.contactedLeads);
  if (base === 'delivered') return rateOf(counts.deliveredReplied, counts.delivered);
  return rateOf(counts.replied, counts.sent);
}

/** The rates of one value of a dimension, of its mature messages. */
export type OutcomeSplit = {
  value: string | null;
  mature: OutcomeCounts;
  maturing: OutcomeCounts;
  perDelivered: Rate | null;
  perSent: Rate | null;
  perLead: Rate | null;
  positivePerDelivered: Rate | null;
  positivePerSent: Rate | null;
};

export function splitOf(value: string | null, cohorts: readonly OutcomeCohort[]): OutcomeSplit {
  const mature = sumCounts(cohorts.filter(({ maturing }) => !maturing));
  return {
    value,
    mature,
    maturing: sumCounts(cohorts.filter(({ maturing }) => maturing)),
    perDelivered: replyRate(mature, 'delivered'),
    perSent: replyRate(mature, 'sent'),
    perLead: replyRate(mature, 'lead'),
    positivePerDelivered: rateOf(mature.deliveredPositive, mature.delivered),
    positivePerSent: rateOf(mature.positive, mature.sent),
  };
}

/** One split a value, the one with the most messages first. */
export function splitsOf(cohorts: readonly OutcomeCohort[]): OutcomeSplit[] {
  const byValue = Map.groupBy(cohorts, ({ value }) => value);
  return [...byValue]
    .map(([value, members]) => splitOf(value, members))
    .sort((left, right) => messagesOf(right) - messagesOf(left));
}

function messagesOf({ mature, maturing }: OutcomeSplit): number {
  return mature.sent + maturing.sent;
}

export function rateOfSplit(split: OutcomeSplit, base: RateBase): Rate | null {
  if (base === 'lead') return split.perLead;
  return base === 'sent' ? split.perSent : split.perDelivered;
}

/** By how much the reply rate of one differs from that of another; `null` where one of them has none. */
export function rateDifference(
  split: OutcomeSplit,
  reference: OutcomeSplit,
  base: RateBase,
): Difference | null {
  const [left, right] = [rateOfSplit(split, base), rateOfSplit(reference, base)];
  return left && right && difference(left, right);
}
