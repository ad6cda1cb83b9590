/** What a rule watches, with the unit of its values and its defaults. Plain data: the dashboard bundles it without zod. */
export const ALERT_METRICS = {
  /** Share of traces in which a span failed. */
  'error-rate': { unit: 'ratio', minutes: 15, minimum: 20, of: 'traces' },
  /** Dollars for the priced calls of models. */
  'cost-per-hour': { unit: 'usd', minutes: 60, minimum: 1, of: 'traces' },
  /** Of the durations of traces, in seconds. */
  'latency-p95': { unit: 'seconds', minutes: 15, minimum: 20, of: 'traces' },
  /** Share of the traces that could be judged in which a loop was found. */
  'loop-rate': { unit: 'ratio', minutes: 60, minimum: 20, of: 'traces' },
  /** By what share of itself the reply rate fell against the same time before; 0 where that may be chance. */
  'reply-rate-drop': { unit: 'ratio', minutes: 7 * 1440, minimum: 200, of: 'messages' },
  /** Minutes since a trace began. */
  silence: { unit: 'minutes', minutes: 1440, minimum: 1, of: 'traces' },
} as const;

export type AlertMetric = keyof typeof ALERT_METRICS;

/** `12 %`, `$3.10`, `42 s`, `30 min`. */
export function formatMetric(metric: AlertMetric, value: number): string {
  switch (ALERT_METRICS[metric].unit) {
    case 'ratio':
      return `${Number((value * 100).toFixed(1))} %`;
    case 'usd':
      return `$${value.toFixed(2)}`;
    case 'seconds':
      return `${Number(value.toPrecision(3))} s`;
    case 'minutes':
      return `${Math.round(value)} min`;
  }
}

const words: Record<AlertMetric, string> = {
  'error-rate': 'traces with errors',
  'cost-per-hour': 'cost an hour',
  'latency-p95': 'p95 duration of traces',
  'loop-rate': 'traces that loop',
  'reply-rate-drop': 'fall of the reply rate',
  silence: 'time without a trace',
};

/** What a rule asks for, in words. */
export function describeRule(rule: { on: AlertMetric; above: number }): string {
  return `${words[rule.on]} above ${formatMetric(rule.on, rule.above)}`;
}

/** What has happened, in a sentence. */
export function describeAlert(
  rule: { name: string; on: AlertMetric; above: number; resolveBelow: number; minutes: number },
  kind: 'fired' | 'resolved',
  value: number,
  sample: number,
): string {
  const { name, on, above, resolveBelow, minutes } = rule;
  const found = `${words[on]} ${formatMetric(on, value)}`;
  const bound =
    kind === 'fired' ? `above ${formatMetric(on, above)}` : `below ${formatMetric(on, resolveBelow)}`;
  const seen = on === 'silence' ? '' : `, of ${sample} ${ALERT_METRICS[on].of} in ${minutes} min`;
  return `${kind === 'fired' ? 'Firing' : 'Resolved'}: ${name}: ${found}, ${bound}${seen}`;
}
