import type { ProspectParameters } from './prospect-parameters.ts';
import type { Standing, Touch } from './touch.ts';

const HOUR_US = 3_600_000_000;
const DAY_US = 24 * HOUR_US;

/**
 * The probability that a delivered message is answered by a prospect of average willingness, 0 to `highestReplyRate`. Who
 * opted out answers nothing.
 *
 * @example replyRate({ at, relevance: 0.5, trueClaims: 0, falseClaims: 0, words: 90 }, FIRST_STANDING, PROSPECT_PARAMETERS)
 * // 0.02 on a working day
 */
export function replyRate(touch: Touch, standing: Standing, parameters: ProspectParameters): number {
  if (standing.optedOut) return 0;
  const rate = Object.values(replyFactors(touch, standing, parameters)).reduce(
    (product, factor) => product * factor,
    parameters.replyRate,
  );
  return Math.min(parameters.highestReplyRate, rate);
}

/** What each property of the message multiplies the rate of reference by. */
export function replyFactors(touch: Touch, standing: Standing, p: ProspectParameters) {
  const local = new Date((touch.at + standing.utcOffset * HOUR_US) / 1000);
  const hour = local.getUTCHours();
  const isWeekend = local.getUTCDay() % 6 === 0;
  const tooSoon = standing.lastAt !== null && touch.at - standing.lastAt < p.tooSoonDays * DAY_US;
  return {
    relevance: p.relevanceFactor ** (clamp(touch.relevance) - 0.5),
    trueClaims: p.trueClaimFactor ** Math.min(touch.trueClaims, p.claimsHeard),
    falseClaims: p.falseClaimFactor ** touch.falseClaims,
    length: p.lengthFactor ** (Math.log2(Math.max(1, touch.words) / p.bestWords) ** 2),
    timing: (isWeekend ? p.weekendFactor : 1) * (hour < 7 || hour >= 19 ? p.eveningFactor : 1),
    earlierTouches: p.earlierTouchFactor ** standing.earlier,
    tooSoon: tooSoon ? p.tooSoonFactor : 1,
  };
}

/** The probability that a delivered message makes the reader opt out, 0 to 1. */
export function optOutRate(touch: Touch, standing: Standing, p: ProspectParameters): number {
  if (standing.optedOut) return 0;
  const rate =
    p.optOutRate *
    p.optOutTouchFactor ** standing.earlier *
    p.optOutFalseClaimFactor ** touch.falseClaims *
    p.relevanceFactor ** ((0.5 - clamp(touch.relevance)) / 2);
  return Math.min(1, rate);
}

/** The probability that a reply wants to go on, 0 to 1. */
export function positiveShare({ relevance }: Touch, p: ProspectParameters): number {
  return Math.min(1, p.positiveShare * p.relevanceFactor ** ((clamp(relevance) - 0.5) / 2));
}

function clamp(relevance: number): number {
  return Math.min(1, Math.max(0, relevance));
}
