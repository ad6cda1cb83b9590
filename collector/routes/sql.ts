import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { z } from 'zod';
import { validate } from '../http/validate.ts';
import type { SqlConsole } from '../sql/sql-console.ts';

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
export function sqlRoutes({ sql }: { sql: Pick<SqlConsole, 'run'> }) {
  return new Hono().post('/', validate('json', sqlRequest), async (c) => {
    const request = c.req.valid('json');
    const rows = await sql.run({ ...request, signal: c.req.raw.signal });
    return c.body(Readable.toWeb(rows) as ReadableStream, 200, {
      'content-type': contentTypes[request.format],
    });
  });
}
