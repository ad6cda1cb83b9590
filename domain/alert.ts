import { z } from 'zod';
import { ALERT_METRICS, type AlertMetric } from './alert-metric.ts';
import { DEFAULT_PROJECT, ProjectId } from './ids.ts';

const metrics = Object.keys(ALERT_METRICS) as [AlertMetric, ...AlertMetric[]];
const week = 7 * 1440;

/** Fires when the metric is above a threshold, and resolves when it is back below a lower one. */
export const AlertRule = z
  .strictObject({
    /** By which its history is known. */
    name: z.string().trim().min(1).max(100),
    on: z.enum(metrics),
    /** In the unit of the metric: a ratio, dollars, seconds or minutes. */
    above: z.number().positive(),
    /** Default: four fifths of `above`. */
    resolveBelow: z.number().nonnegative().optional(),
    /** What is looked at up to now. Default: by metric. */
    minutes: z
      .int()
      .min(1)
      .max(4 * week)
      .optional(),
    /** With fewer traces (or messages) nothing is said. Default: by metric. */
    minimum: z.int().min(1).max(1_000_000).optional(),
    agent: z.string().min(1).optional(),
    service: z.string().min(1).optional(),
    project: ProjectId.default(DEFAULT_PROJECT),
  })
  .transform((rule) => {
    const { minutes, minimum } = ALERT_METRICS[rule.on];
    // An hour without a trace is not seen in a window of a quarter of one.
    const window =
      rule.minutes ?? (rule.on === 'silence' ? Math.max(minutes, Math.ceil(2 * rule.above)) : minutes);
    return {
      ...rule,
      agent: rule.agent ?? null,
      service: rule.service ?? null,
      minutes: window,
      minimum: rule.minimum ?? minimum,
      resolveBelow: rule.resolveBelow ?? rule.above * 0.8,
    };
  })
  .superRefine((rule, c) => {
    const issue = (path: string, message: string) => c.addIssue({ code: 'custom', path: [path], message });
    if (ALERT_METRICS[rule.on].unit === 'ratio' && rule.above >= 1) {
      issue('above', `expected a ratio below 1 for ${rule.on}, got ${rule.above}`);
    }
    if (rule.resolveBelow > rule.above) {
      issue('resolveBelow', `expected at most ${rule.above}, where it fires, got ${rule.resolveBelow}`);
    }
    if (rule.on === 'silence' && rule.minutes <= rule.above) {
      issue('minutes', `expected more than the ${rule.above} minutes of silence, got ${rule.minutes}`);
    }
    if (rule.on === 'reply-rate-drop' && (rule.agent ?? rule.service) !== null) {
      issue(rule.agent === null ? 'service' : 'agent', 'expected none: messages are not known by it');
    }
  });
export type AlertRule = z.output<typeof AlertRule>;

/** What a rule found. `unknown`: less than its minimum, or it could not be read. */
export type AlertReading =
  | { kind: 'value'; value: number; sample: number }
  | { kind: 'unknown'; sample: number; reason: string };

/** A rule and what it found last. Times in epoch milliseconds. */
export type WatchedRule = {
  rule: AlertRule;
  firing: boolean;
  /** `null` before the first evaluation. */
  reading: AlertReading | null;
  at: number | null;
};

/** Where a rule stands. `streak`: readings in a row that speak for the other side. */
export type AlertState = { firing: boolean; streak: number };

/** Readings in a row that it takes: one of them may be a blip. */
export const STREAK = 2;

/**
 * Where a rule stands after one more reading, and what there is to tell. What is not known changes nothing: an agent that
 * fell silent after it failed has not recovered.
 */
export function stepAlert(
  state: AlertState,
  reading: AlertReading,
  rule: Pick<AlertRule, 'above' | 'resolveBelow'>,
): { state: AlertState; news: 'fired' | 'resolved' | null } {
  if (reading.kind === 'unknown') return { state, news: null };
  const turns = state.firing ? reading.value < rule.resolveBelow : reading.value > rule.above;
  if (!turns) return { state: { ...state, streak: 0 }, news: null };
  if (state.streak + 1 < STREAK) return { state: { ...state, streak: state.streak + 1 }, news: null };
  return { state: { firing: !state.firing, streak: 0 }, news: state.firing ? 'resolved' : 'fired' };
}

/** Something that was told, or what became of the telling. Times in epoch milliseconds. */
export const AlertEvent = z.object({
  /** Of the firing or resolving; what became of its webhook has the same. */
  id: z.string(),
  rule: z.string(),
  metric: z.enum(metrics),
  kind: z.enum(['fired', 'resolved', 'delivered', 'undelivered']),
  at: z.int(),
  value: z.number(),
  threshold: z.number(),
  sample: z.int(),
  /** In a sentence. */
  text: z.string(),
});
export type AlertEvent = z.infer<typeof AlertEvent>;
