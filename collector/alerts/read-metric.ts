import type { AlertReading, AlertRule } from '../../domain/alert.ts';
import { difference } from '../../domain/difference.ts';
import { replyRate, sumCounts } from '../../domain/outcome-cohort.ts';
import { percentile } from '../../domain/statistics/percentile.ts';
import { type Micros, micros } from '../../domain/units.ts';
import { NO_TRACE_FILTER } from '../no-trace-filter.ts';
import type { ListedTrace, Reads, TraceFilter } from '../reads.ts';

export type MetricReads = Pick<Reads, 'tracesWithLoops' | 'traces' | 'outcomes'>;

const pageTraces = 500;
/** Of more the newest are looked at: a rate of 5,000 is known to a percent. */
const mostTraces = 5000;
const minuteMicros = 60e6;
const dayMicros = 86_400e6;
const replyDays = 7;

/** What a rule finds now. @param now epoch milliseconds */
export async function readMetric(reads: MetricReads, rule: AlertRule, now: number): Promise<AlertReading> {
  const to = micros(now * 1000);
  if (rule.on === 'reply-rate-drop') return readReplyDrop(reads, rule, to);
  if (rule.on === 'silence') return readSilence(reads, rule, to);
  const { traces, from } = await readTraces(reads, rule, to);
  return enough(rule, traces.length, () => {
    switch (rule.on) {
      case 'error-rate':
        return share(traces, ({ errors }) => errors > 0);
      case 'latency-p95':
        return (
          (percentile(
            traces.map(({ duration }) => duration),
            0.95,
          ) ?? 0) / 1e6
        );
      case 'cost-per-hour':
        return (
          traces.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / 1e9 / ((to - from) / (60 * minuteMicros))
        );
      case 'loop-rate': {
        const known = traces.filter(({ loops }) => loops.kind !== 'unknown');
        return known.length < rule.minimum ? null : share(known, ({ loops }) => loops.kind === 'looped');
      }
    }
  });
}

function enough(rule: AlertRule, sample: number, value: () => number | null | undefined): AlertReading {
  const found = sample < rule.minimum ? null : value();
  if (found !== null && found !== undefined) return { kind: 'value', value: found, sample };
  return { kind: 'unknown', sample, reason: `fewer than ${rule.minimum} to judge by` };
}

/** The traces that began in the rule's window, the newest first; `from` is how far back they go. */
async function readTraces(reads: MetricReads, rule: AlertRule, to: Micros) {
  const from = micros(to - rule.minutes * minuteMicros);
  const { agent, service } = rule;
  const traces: ListedTrace[] = [];
  let before: string | null = null;
  do {
    const filter: TraceFilter = { ...NO_TRACE_FILTER, from, to, agent, service, limit: pageTraces, before };
    // Looking for loops takes time that other metrics do not need.
    const page: { items: ListedTrace[]; next: string | null } =
      rule.on === 'loop-rate'
        ? await reads.tracesWithLoops({ ...filter, loops: null })
        : unjudged(await reads.traces(filter));
    traces.push(...page.items);
    before = page.next;
  } while (before !== null && traces.length < mostTraces);
  return { traces, from: before === null ? from : (traces.at(-1)?.start ?? from) };
}

function unjudged({ items, next }: Awaited<ReturnType<MetricReads['traces']>>) {
  const loops = { kind: 'unknown', reason: 'not judged' } as const;
  return { items: items.map((trace) => ({ ...trace, loops })), next };
}

async function readSilence(reads: MetricReads, rule: AlertRule, to: Micros): Promise<AlertReading> {
  const from = micros(to - rule.minutes * minuteMicros);
  const { agent, service } = rule;
  const { items } = await reads.traces({ ...NO_TRACE_FILTER, from, to, agent, service, limit: 1 });
  const [latest] = items;
  // Longer than the window is not looked for: that long it has been at least.
  const minutes = latest === undefined ? rule.minutes : (to - latest.start) / minuteMicros;
  return { kind: 'value', value: minutes, sample: items.length };
}

/** Messages that have had their days, against as many days before. */
async function readReplyDrop(reads: MetricReads, rule: AlertRule, to: Micros): Promise<AlertReading> {
  const window = rule.minutes * minuteMicros;
  const end = micros(to - replyDays * dayMicros);
  const where = { campaign: null, channel: null, agentVersion: null, architecture: null, model: null };
  const rateOf = async (from: number, until: number) => {
    const report = await reads.outcomes({
      from: micros(from),
      to: micros(until),
      days: replyDays,
      asOf: to,
      where,
      by: null,
      step: micros(dayMicros),
    });
    return replyRate(sumCounts(report.cohorts.filter(({ maturing }) => !maturing)), 'sent');
  };
  const [current, earlier] = await Promise.all([
    rateOf(end - window, end),
    rateOf(end - 2 * window, end - window),
  ]);
  return enough(rule, Math.min(current?.n ?? 0, earlier?.n ?? 0), () => {
    if (!current || !earlier) return null;
    const fall = difference(earlier, current);
    if (fall === null || fall.low <= 0) return 0;
    return fall.value / earlier.rate;
  });
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}
