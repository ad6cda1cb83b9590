import { type Micros, micros } from '../../domain/units.ts';
import type { ProspectParameters } from './prospect-parameters.ts';
import { optOutRate, positiveShare, replyRate } from './reply-rate.ts';
import type { Standing, Touch } from './touch.ts';

/** What comes of a message. A positive reply is told as `replied` and as `positive`. */
export type ProspectEvent = {
  kind: 'delivered' | 'bounced' | 'opened' | 'replied' | 'positive' | 'meeting' | 'opted-out';
  at: Micros;
};

const SECOND_US = 1_000_000;
const HOUR_US = 3600 * SECOND_US;
const DAY_US = 24 * HOUR_US;

/** How willing a prospect is to answer: log-normal, 1 on average, so that the rates stay what the parameters say. */
export function drawWillingness(
  { willingnessSpread: spread }: ProspectParameters,
  random: () => number,
): number {
  return Math.exp(spread * normal(random) - spread ** 2 / 2);
}

/**
 * What a prospect does with one message, in order of time. The number of draws is the same whatever happens, so that a
 * changed parameter changes no other prospect's luck.
 *
 * @param willingness of `drawWillingness`; 1 is average
 */
export function answer(
  touch: Touch,
  standing: Standing & { willingness: number },
  parameters: ProspectParameters,
  random: () => number,
): ProspectEvent[] {
  const p = parameters;
  const [bounce, decision, open, positive, meeting] = [random(), random(), random(), random(), random()];
  const [arrival, opening, booking] = [random(), random(), random()];
  const delay = Math.min(
    p.delayMedianHours * Math.exp(p.delaySpread * normal(random)) * HOUR_US,
    p.delayMostDays * DAY_US,
  );
  const arrived = micros(touch.at + (1 + 29 * arrival) * SECOND_US);
  if (bounce < p.bounceRate) return [{ kind: 'bounced', at: arrived }];
  const delivered: ProspectEvent = { kind: 'delivered', at: arrived };
  if (standing.optedOut) return [delivered];
  const reacted = micros(arrived + delay);
  const opened: ProspectEvent = { kind: 'opened', at: micros(arrived + opening * delay) };
  const reply = Math.min(p.highestReplyRate, replyRate(touch, standing, p) * standing.willingness);
  if (decision < reply) {
    const events: ProspectEvent[] = [delivered, opened, { kind: 'replied', at: reacted }];
    if (positive >= positiveShare(touch, p)) return events;
    events.push({ kind: 'positive', at: reacted });
    if (meeting < p.meetingShare)
      events.push({ kind: 'meeting', at: micros(reacted + booking * p.meetingMostDays * DAY_US) });
    return events;
  }
  if (decision < reply + optOutRate(touch, standing, p))
    return [delivered, opened, { kind: 'opted-out', at: reacted }];
  return open < p.openRate ? [delivered, opened] : [delivered];
}

/** Box and Muller; two draws. */
function normal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
