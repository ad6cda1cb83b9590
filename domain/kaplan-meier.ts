import { Z_95 } from './wilson.ts';

/** How many were observed for the same time, and of them those to whom the event came at its end. The others were lost sight of. */
export type Observed = { time: number; n: number; events: number };

/** The share to whom the event has come by `time`, with its interval, and how many were under observation just before. */
export type EventShare = { time: number; share: number; low: number; high: number; atRisk: number };

/**
 * The share to whom an event comes with time (one minus Kaplan and Meier's estimate of survival), where some have not
 * been watched for long: each counts for as long as it was watched. One step for each time at which events came; before
 * the first of them the share is 0. What comes at the same time as a loss is taken to come before it.
 *
 *     S(t) = ∏ (1 - d/n)     over the times up to t, with d events among n under observation
 *
 * The interval is Greenwood's on the scale of log(-log S), which stays within 0 to 1:
 *
 *     S(t) ^ exp(± z √(∑ d/(n(n-d))) / log S(t))
 *
 * Where the event has come to all that were left, S is 0 and has no such interval: that of the step before it is kept on
 * the one side, certainty on the other.
 *
 * Sources: E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958), 457-481;
 * J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data (1980), p. 15, for the interval.
 *
 * @param z two-sided quantile of the normal distribution.
 * @throws RangeError unless `n` and `events` are whole numbers with 0 ≤ events ≤ n.
 * @example kaplanMeier([{ time: 1, n: 1, events: 1 }, { time: 2, n: 3, events: 0 }]) // at 1: share 0.25
 */
export function kaplanMeier(observed: readonly Observed[], z: number = Z_95): EventShare[] {
  const byTime = new Map<number, { n: number; events: number }>();
  for (const { time, n, events } of observed) {
    if (!Number.isSafeInteger(n) || !Number.isSafeInteger(events) || events < 0 || events > n) {
      throw new RangeError(`expected whole numbers with 0 <= events <= n, got ${events} of ${n}`);
    }
    const at = byTime.get(time) ?? { n: 0, events: 0 };
    byTime.set(time, { n: at.n + n, events: at.events + events });
  }
  let atRisk = observed.reduce((sum, { n }) => sum + n, 0);
  let survival = 1;
  let variance = 0;
  let low = 0;
  const shares: EventShare[] = [];
  for (const [time, { n, events }] of [...byTime].sort(([left], [right]) => left - right)) {
    if (events > 0) {
      survival *= 1 - events / atRisk;
      if (survival > 0) {
        variance += events / (atRisk * (atRisk - events));
        const reach = (z * Math.sqrt(variance)) / Math.log(survival);
        low = 1 - survival ** Math.exp(reach);
        shares.push({ time, share: 1 - survival, low, high: 1 - survival ** Math.exp(-reach), atRisk });
      } else {
        shares.push({ time, share: 1, low, high: 1, atRisk });
      }
    }
    atRisk -= n;
  }
  return shares;
}
