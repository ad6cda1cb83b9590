import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { TrialId } from '../../domain/ids.ts';
import { awaitTrialSpans } from '../await-trial-spans.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';

const trialParam = validate('param', z.object({ trialId: TrialId }));

/** `wait`: seconds that the spans may take to arrive. */
const spansQuery = z.object({ wait: z.coerce.number().min(0).max(60).default(0) });

type TrialDeps = {
  /** Resolves when readers see all that was acknowledged before. */
  settled: (signal: AbortSignal) => Promise<void>;
  now: () => number;
};

export function trialRoutes({ settled, now }: TrialDeps) {
  return apiRoutes()
    .get('/:trialId', trialParam, async (c) => {
      const { trialId } = c.req.valid('param');
      const found = await c.var.project.reads.trial(trialId);
      if (!found) throw new AppError('TRIAL_NOT_FOUND', `there is no trial ${trialId}`);
      return c.json(found);
    })
    .get('/:trialId/spans', trialParam, validate('query', spansQuery), async (c) => {
      const { trialId } = c.req.valid('param');
      const complete = await awaitTrialSpans(() => c.var.project.reads.trialProgress(trialId), {
        waitMillis: c.req.valid('query').wait * 1000,
        settled,
        now,
        signal: c.req.raw.signal,
      });
      return c.json({ spans: await c.var.project.reads.trialSpans(trialId), complete });
    });
}
