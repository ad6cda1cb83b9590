import {
  type OutcomeCohort,
  type RateBase,
  replyRate,
  sumCounts,
} from '../../../../domain/outcome-cohort.ts';
import type { Rate } from '../../../../domain/rate.ts';
import { shownLabel } from '../../ui/shown-text.ts';

/** One line of the chart. */
export type RateSeries = {
  value: string | null;
  label: string;
  /** At each start; `null` where nothing mature was sent, or the counts contradict each other. */
  rates: (Rate | null)[];
};

export type RateChart = {
  /** Starts of the steps, in epoch microseconds. */
  starts: number[];
  series: RateSeries[];
  /** Start of the first step in which messages are still maturing. */
  maturingFrom: number | null;
};

/** How a value is called. */
export function labelOf(value: string | null): string {
  return value === null ? 'not said' : shownLabel(value);
}

/** The mature reply rate by step, one line for each of `values`. */
export function rateChart(
  cohorts: readonly OutcomeCohort[],
  { base, values, step }: { base: RateBase; values: readonly (string | null)[]; step: number },
): RateChart {
  const known = cohorts.map(({ start }) => start);
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const starts = Array.from(
    { length: known.length === 0 ? 0 : (last - first) / step + 1 },
    (_, place) => first + place * step,
  );
  const maturing = cohorts.filter((cohort) => cohort.maturing && cohort.sent > 0).map(({ start }) => start);
  const byPlace = Map.groupBy(cohorts, ({ value, start }) => JSON.stringify([value, start]));
  return {
    starts,
    series: values.map((value) => ({
      value,
      label: labelOf(value),
      rates: starts.map((start) => {
        const members = byPlace.get(JSON.stringify([value, start])) ?? [];
        return replyRate(sumCounts(members.filter((cohort) => !cohort.maturing)), base);
      }),
    })),
    maturingFrom: maturing.length === 0 ? null : Math.min(...maturing),
  };
}

/** The top of the chart's scale: the rates in the middle of it, and the line of people in sight. */
export function topOf({ series }: RateChart, least: number): number {
  const rates = series.flatMap(({ rates }) => rates.flatMap((rate) => (rate ? [rate.rate] : [])));
  const top = Math.min(1, Math.max(least * 1.5, ...rates.map((rate) => rate * 1.5)));
  return Math.min(1, roundUp(top));
}

const roundTops = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** The next round number: 0.031 becomes 0.04. */
export function roundUp(value: number): number {
  const digit = 10 ** Math.floor(Math.log10(value));
  const top = roundTops.find((candidate) => candidate * digit >= value * (1 - 1e-9)) ?? 10;
  return Number((top * digit).toPrecision(6));
}
