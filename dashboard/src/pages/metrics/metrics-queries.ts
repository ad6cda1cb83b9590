import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api.ts';
import { type MetricsFilters, outcomeQueryOf, type ShownMessages, stepQueryOf } from './metrics-filters.ts';

/** What does not change an answer is not part of its key. */
const keyOf = ({ shown: _, base: __, costBy: ___, ...filters }: MetricsFilters) => filters;
const dayMicros = 86_400e6;
const mostMessages = 25;

export function outcomesQuery(filters: MetricsFilters) {
  return queryOptions({
    queryKey: ['outcomes', keyOf(filters)],
    queryFn: async ({ signal }) => {
      const query = stepQueryOf(filters, Date.now());
      return (await body(api.outcomes.cohorts.$get({ query }, { init: { signal } }))).report;
    },
    placeholderData: keepPreviousData,
  });
}

export function replyCurveQuery(filters: MetricsFilters, base: 'sent' | 'delivered') {
  return queryOptions({
    queryKey: ['reply times', keyOf(filters), base],
    queryFn: async ({ signal }) => {
      const query = { ...outcomeQueryOf(filters, Date.now()), base };
      return (await body(api.outcomes['reply-times'].$get({ query }, { init: { signal } }))).curve;
    },
    placeholderData: keepPreviousData,
  });
}

export function costsQuery(filters: MetricsFilters) {
  return queryOptions({
    queryKey: ['outcome costs', keyOf(filters)],
    queryFn: async ({ signal }) => {
      const query = stepQueryOf(filters, Date.now());
      return (await body(api.outcomes.costs.$get({ query }, { init: { signal } }))).costs;
    },
    placeholderData: keepPreviousData,
  });
}

/** The messages behind a point; those of a step, where one is named. */
export function messagesQuery(filters: MetricsFilters, shown: ShownMessages, step: number) {
  return queryOptions({
    queryKey: ['messages', keyOf(filters), shown, step],
    queryFn: ({ signal }) => {
      const whole = outcomeQueryOf(filters, Date.now());
      const which =
        shown.within !== null
          ? { days: String(shown.within) }
          : shown.start !== null
            ? { from: String(shown.start), to: String(shown.start + step) }
            : // The figures of the whole range are of mature messages.
              ({ maturity: 'mature' } as const);
      const valued =
        shown.value === null || filters.by === null ? {} : { by: filters.by, value: shown.value };
      const query = { ...whole, ...which, ...valued, stage: shown.stage, limit: String(mostMessages) };
      return body(api.outcomes.messages.$get({ query }, { init: { signal } }));
    },
  });
}

/** A day or a week, in words. */
export function stepWord(step: number): 'day' | 'week' {
  return step === dayMicros ? 'day' : 'week';
}
