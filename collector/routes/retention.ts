import { z } from 'zod';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';

/** `trusted`: a person says that the clock is right, though it leapt. */
const body = validate('json', z.object({ trusted: z.boolean().default(false) }));

/** `GET /api/retention` shows what is past its age, `POST` removes it. */
export function retentionRoutes() {
  return apiRoutes()
    .get('/', async (c) => c.json({ plan: await c.var.project.retention.plan() }))
    .post('/', body, async (c) => {
      const { retention } = c.var.project;
      const plan = await retention.plan();
      await retention.run(c.req.valid('json').trusted);
      return c.json({ plan });
    });
}
