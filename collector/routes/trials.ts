import { Hono } from 'hono';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { TrialId } from '../../domain/ids.ts';
import { validate } from '../http/validate.ts';
import type { Reads } from '../reads.ts';

const trialParam = validate('param', z.object({ trialId: TrialId }));

export function trialRoutes({ reads }: { reads: Reads }) {
  return new Hono()
    .get('/:trialId', trialParam, async (c) => {
      const { trialId } = c.req.valid('param');
      const found = await reads.trial(trialId);
      if (!found) throw new AppError('TRIAL_NOT_FOUND', `there is no trial ${trialId}`);
      return c.json(found);
    })
    .get('/:trialId/spans', trialParam, async (c) => {
      return c.json({ spans: await reads.trialSpans(c.req.valid('param').trialId) });
    });
}
