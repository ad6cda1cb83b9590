import { z } from 'zod';
import { compareRuns, type PlayedRun } from '../../domain/compare-runs.ts';
import { AppError } from '../../domain/errors.ts';
import { RunId } from '../../domain/ids.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import type { Reads } from '../reads.ts';

const mostRuns = 20;

/** Ids parted by commas. */
const runIds = z
  .string()
  .transform((text) => [...new Set(text.split(','))])
  .pipe(z.array(RunId).min(1).max(mostRuns, `expected at most ${mostRuns} runs`));

const comparisonQuery = z.object({ baseline: runIds, candidate: runIds });

/** `GET /api/comparison`: one set of runs beside another. */
export function comparisonRoutes() {
  return apiRoutes().get('/', validate('query', comparisonQuery), async (c) => {
    const { baseline, candidate } = c.req.valid('query');
    const both = baseline.find((runId) => candidate.includes(runId));
    if (both) {
      throw new AppError(
        'BAD_REQUEST',
        `query: expected different runs on the two sides, got ${both} on both`,
      );
    }
    const { reads } = c.var.project;
    const [before, after] = await Promise.all([playedRuns(reads, baseline), playedRuns(reads, candidate)]);
    return c.json({ comparison: compareRuns(before, after) });
  });
}

async function playedRuns(reads: Pick<Reads, 'run'>, runIds: readonly RunId[]): Promise<PlayedRun[]> {
  return Promise.all(
    runIds.map(async (runId) => {
      const found = await reads.run(runId);
      if (!found) throw new AppError('RUN_NOT_FOUND', `there is no run ${runId}`);
      return found;
    }),
  );
}
