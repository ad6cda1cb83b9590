import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { RunComparison } from '../../../../domain/run-comparison.ts';
import { api, body } from '../../api.ts';

const pollMillis = 5000;

/** Polls while a run of a side has not ended. */
export function comparisonQuery(baseline: readonly string[], candidate: readonly string[]) {
  return queryOptions({
    queryKey: ['comparison', baseline, candidate],
    queryFn: async ({ signal }): Promise<{ comparison: RunComparison }> =>
      body(
        api.comparison.$get(
          { query: { baseline: baseline.join(','), candidate: candidate.join(',') } },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const sides = state.data ? [state.data.comparison.baseline, state.data.comparison.candidate] : [];
      return sides.some(({ runs }) => runs.some(({ end }) => end === null)) ? pollMillis : false;
    },
  });
}
