import { COST_DIMENSIONS, type CostDimension } from '../../../../domain/cost-row.ts';
import type { RateBase } from '../../../../domain/outcome-cohort.ts';
import { OUTCOME_DIMENSIONS, type OutcomeDimension } from '../../../../domain/outcome-type.ts';
import { MESSAGE_STAGES, type MessageStage } from '../../../../domain/sent-message.ts';

/** How far back messages were sent. */
export const RANGES = [
  { value: '7d', label: 'Last 7 days', days: 7 },
  { value: '30d', label: 'Last 30 days', days: 30 },
  { value: '90d', label: 'Last 90 days', days: 90 },
  { value: '1y', label: 'Last year', days: 365 },
  { value: '3y', label: 'Last 3 years', days: 1095 },
] as const;
const STEPS = ['day', 'week'] as const;
export type Step = (typeof STEPS)[number];

export type MetricsRange = (typeof RANGES)[number]['value'];

/** Days that a message has for its reply. */
export const REPLY_DAYS = [3, 7, 14, 30] as const;

export const DIMENSION_LABELS: Record<OutcomeDimension, string> = {
  agentVersion: 'Agent version',
  architecture: 'Architecture',
  model: 'Model',
  channel: 'Channel',
  campaign: 'Campaign',
};

/** What the page shows: all of it is in its address. */
export type MetricsFilters = {
  range: MetricsRange;
  days: number;
  /** `null`: days, of a longer range weeks. */
  step: Step | null;
  /** `null`: per delivered message where deliveries are told, else per sent one. */
  base: RateBase | null;
  by: OutcomeDimension | null;
  /** `null`: the first that tells calls apart. */
  costBy: CostDimension | null;
  where: Record<OutcomeDimension, string | null>;
  /** The messages that are listed; `null` lists none. */
  shown: ShownMessages | null;
};

/** Messages behind a point of a chart or a row of a table. */
export type ShownMessages = {
  stage: MessageStage;
  /** Start of the step in which they were sent, in epoch microseconds; `null`: in the whole range. */
  start: number | null;
  /** Of the dimension of the page; '' are those of which nobody said, `null` all. */
  value: string | null;
  /** Days after sending by which it came; `null`: those of the page. */
  within: number | null;
};

const defaults = { range: '30d', days: 7 } as const;
const weekFrom = 60;
/** As the API has it. */
const mostReplyDays = 365;

export function filtersOf(search: URLSearchParams): MetricsFilters {
  const text = (name: string) => search.get(name)?.trim() || null;
  const one = <T extends string>(name: string, all: readonly T[]) =>
    all.find((value) => value === search.get(name)) ?? null;
  const stage = one('show', MESSAGE_STAGES);
  const start = Number(search.get('at') ?? Number.NaN);
  const within = Number(search.get('within') ?? Number.NaN);
  return {
    range: RANGES.find(({ value }) => value === search.get('range'))?.value ?? defaults.range,
    days: REPLY_DAYS.find((days) => String(days) === search.get('days')) ?? defaults.days,
    step: one('step', STEPS),
    base: one('per', ['delivered', 'sent', 'lead']),
    by: one('by', OUTCOME_DIMENSIONS),
    costBy: one('cost', COST_DIMENSIONS),
    where: {
      agentVersion: text('agentVersion'),
      architecture: text('architecture'),
      model: text('model'),
      channel: text('channel'),
      campaign: text('campaign'),
    },
    shown: stage && {
      stage,
      start: Number.isSafeInteger(start) ? start : null,
      value: search.get('value'),
      within: Number.isInteger(within) && within >= 1 && within <= mostReplyDays ? within : null,
    },
  };
}

/** The address of the page with these filters; what is at its default is left out. */
export function metricsPath({ range, days, step, base, by, costBy, where, shown }: MetricsFilters): string {
  const search = new URLSearchParams();
  const set = (name: string, value: string | null) => value !== null && search.set(name, value);
  set('range', range === defaults.range ? null : range);
  set('days', days === defaults.days ? null : String(days));
  set('step', step);
  set('per', base);
  set('by', by);
  set('cost', costBy);
  for (const name of OUTCOME_DIMENSIONS) set(name, where[name]);
  if (shown) {
    set('show', shown.stage);
    set('at', shown.start === null ? null : String(shown.start));
    set('value', shown.value);
    set('within', shown.within === null ? null : String(shown.within));
  }
  const text = search.toString();
  return text ? `/metrics?${text}` : '/metrics';
}

/** Whether anything but time narrows the page. */
export function isNarrowed({ where }: MetricsFilters): boolean {
  return OUTCOME_DIMENSIONS.some((name) => where[name] !== null);
}

/** The parameters of every question about outcomes: `nowMillis` is the end of the range. */
export function outcomeQueryOf({ range, days, where }: MetricsFilters, nowMillis: number) {
  const length = RANGES.find(({ value }) => value === range)?.days ?? 0;
  const given = OUTCOME_DIMENSIONS.flatMap((name) => (where[name] === null ? [] : [[name, where[name]]]));
  return {
    from: String((nowMillis - length * 86_400_000) * 1000),
    days: String(days),
    ...(Object.fromEntries(given) as Partial<Record<OutcomeDimension, string>>),
  };
}

/** With the steps of the charts: days, of a longer range weeks. */
export function stepQueryOf(filters: MetricsFilters, nowMillis: number) {
  return {
    ...outcomeQueryOf(filters, nowMillis),
    step: stepOf(filters),
    ...(filters.by === null ? {} : { by: filters.by }),
  };
}

export function stepOf({ step, range }: MetricsFilters): Step {
  const length = RANGES.find(({ value }) => value === range)?.days ?? 0;
  return step ?? (length < weekFrom ? 'day' : 'week');
}

/** The address of the rows as a file. */
export function exportPath(
  filters: MetricsFilters,
  rows: 'cohorts' | 'costs',
  format: 'csv' | 'json',
): string {
  const query = new URLSearchParams({ ...stepQueryOf(filters, Date.now()), format });
  return `/api/outcomes/${rows}?${query}`;
}
