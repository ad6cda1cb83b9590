import { counted, formatCount, formatRate, formatRateInterval } from '../../../../domain/format.ts';
import type { OutcomeSplit, RateBase } from '../../../../domain/outcome-cohort.ts';
import type { Rate } from '../../../../domain/rate.ts';

/** What human sales people are said to reach; its denominator is not known, and is taken for the one at hand. */
export const HUMAN_REPLY_RATE = 0.02;

export const BASE_WORDS: Record<RateBase, { one: string; many: string; answered: string }> = {
  delivered: { one: 'delivered message', many: 'messages delivered', answered: 'were answered' },
  sent: { one: 'sent message', many: 'messages sent', answered: 'were answered' },
  lead: { one: 'contacted lead', many: 'leads first contacted', answered: 'answered' },
};

/** How a rate stands to the human one: only an interval that leaves it out says something. */
export function besideHuman({ low, high }: Rate): 'above' | 'below' | 'not told apart from' {
  if (low > HUMAN_REPLY_RATE) return 'above';
  return high < HUMAN_REPLY_RATE ? 'below' : 'not told apart from';
}

/** The reply rate in a sentence, with its denominator, its window, its interval and what is left out. */
export function rateSentence(split: OutcomeSplit, rate: Rate | null, base: RateBase, days: number): string {
  const { many, answered } = BASE_WORDS[base];
  if (!rate) return `No reply rate: ${whyNone(split, base, days)}.`;
  const { successes, n } = rate;
  return (
    `Of ${formatCount(n)} ${many} at least ${days} days ago, ${formatCount(successes)} ${successes === 1 ? answered.replace('were', 'was') : answered} within ${days} days: ` +
    `${formatRate(rate.rate)}, 95 % interval ${formatRateInterval(rate)}. ` +
    `That is ${besideHuman(rate)} the ${formatRate(HUMAN_REPLY_RATE)} that human sales people are said to reach.`
  );
}

/** Why there is no rate. */
export function whyNone({ mature, maturing }: OutcomeSplit, base: RateBase, days: number): string {
  const count = { delivered: mature.delivered, sent: mature.sent, lead: mature.contactedLeads }[base];
  const { many } = BASE_WORDS[base];
  if (count > 0) return `more replies than ${many} were told, so the counts contradict each other`;
  if (mature.sent === 0 && maturing.sent > 0) {
    return `${counted(maturing.sent, 'message')} sent less than ${days} days ago, and none before`;
  }
  if (base === 'delivered') return 'nobody told which messages were delivered';
  return base === 'lead' ? 'nobody told to whom the messages went' : 'nothing was sent';
}
