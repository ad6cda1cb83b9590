import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { RunId } from '../../domain/ids.ts';
import { Run } from '../../domain/run.ts';
import { Trial } from '../../domain/trial.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import { pageQuery } from './page-query.ts';

const runParam = validate('param', z.object({ runId: RunId }));

export function runRoutes() {
  return apiRoutes()
    .get('/', validate('query', pageQuery), async (c) => {
      const { items, next } = await c.var.project.reads.runs(c.req.valid('query'));
      return c.json({ runs: items, next });
    })
    .get('/:runId', runParam, async (c) => {
      const { runId } = c.req.valid('param');
      const found = await c.var.project.reads.run(runId);
      if (!found) throw new AppError('RUN_NOT_FOUND', `there is no run ${runId}`);
      return c.json(found);
    })
    .put('/:runId', runParam, validate('json', Run), async (c) => {
      const run = c.req.valid('json');
      if (run.id !== c.req.valid('param').runId) {
        throw new AppError('BAD_REQUEST', `json: id: expected the run of the address, got ${run.id}`);
      }
      await c.var.project.writes.putRun(run);
      return c.json({ stored: 1 });
    })
    .post('/:runId/trials', runParam, validate('json', z.object({ trials: z.array(Trial) })), async (c) => {
      const { trials } = c.req.valid('json');
      const { runId } = c.req.valid('param');
      const stray = trials.find((trial) => trial.runId !== runId);
      if (stray) {
        throw new AppError('BAD_REQUEST', `json: trials: trial ${stray.id} belongs to run ${stray.runId}`);
      }
      await c.var.project.writes.putTrials(trials);
      return c.json({ stored: trials.length });
    });
}
