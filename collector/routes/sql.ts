import { Readable } from 'node:stream';
import { z } from 'zod';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';

const sqlRequest = z.object({
  sql: z.string().min(1).max(100_000),
  format: z.enum(['json', 'csv', 'rows']).default('json'),
  /** At most so many rows are computed; some more than that may come. */
  limit: z.int().min(1).max(10_000_000).default(10_000),
});

const contentTypes = {
  json: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  rows: 'application/x-ndjson',
};

/** `POST /api/query`: SQL over the views of the store. */
export function sqlRoutes() {
  return apiRoutes().post('/', validate('json', sqlRequest), async (c) => {
    const request = c.req.valid('json');
    c.set('subject', request.sql);
    const rows = await c.var.project.sql.run({ ...request, signal: c.req.raw.signal });
    return c.body(Readable.toWeb(rows) as ReadableStream, 200, {
      'content-type': contentTypes[request.format],
    });
  });
}
