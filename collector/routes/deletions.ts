import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';

/** `preview=true` says what would be deleted and changes nothing. */
const query = validate('query', z.object({ preview: z.enum(['true', 'false']).default('false') }));
const traceParam = validate('param', z.object({ traceId: TraceId }));
const subjectParam = validate('param', z.object({ subject: z.string().min(1).max(1000) }));

/** `DELETE` of a trace; of a lead, a session or a user; and of everything that the project holds. */
export function deletionRoutes() {
  const verb = ({ preview }: { preview: 'true' | 'false' }) => (preview === 'true' ? 'preview' : 'delete');
  return apiRoutes()
    .delete('/traces/:traceId', traceParam, query, async (c) => {
      const { traceId: id } = c.req.valid('param');
      const deletion = await c.var.project.deletions[verb(c.req.valid('query'))]({ kind: 'trace', id });
      return c.json({ deletion });
    })
    .delete('/subjects/:subject', subjectParam, query, async (c) => {
      const { subject: id } = c.req.valid('param');
      const deletion = await c.var.project.deletions[verb(c.req.valid('query'))]({ kind: 'subject', id });
      return c.json({ deletion });
    })
    .delete('/data', query, async (c) => {
      const deletion = await c.var.project.deletions[verb(c.req.valid('query'))]({ kind: 'project' });
      return c.json({ deletion });
    });
}
