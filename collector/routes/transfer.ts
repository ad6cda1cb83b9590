import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import { schemaVersion } from '../store/open-database.ts';
import { TRANSFER_FORMATS, TRANSFER_TABLES } from '../transfer/transfer.ts';

const lastSecond = 2 ** 32 - 1;
const seconds = z.coerce.number().int().min(0).max(lastSecond);
const tableParam = validate('param', z.object({ table: z.string() }));
const format = z.enum(TRANSFER_FORMATS).default('parquet');
const exportQuery = z.object({ format, from: seconds.default(0), to: seconds.default(lastSecond) });

/** `GET /api/export`: of which tables; `GET /api/export/:table`: its rows between two moments. */
export function exportRoutes() {
  return apiRoutes()
    .get('/', (c) => c.json({ schema: schemaVersion(), project: c.var.project.id, tables: TRANSFER_TABLES }))
    .get('/:table', tableParam, validate('query', exportQuery), async (c) => {
      const rows = await c.var.project.transfer.read({ ...c.req.valid('param'), ...c.req.valid('query') });
      return c.body(Readable.toWeb(rows) as ReadableStream, 200, {
        'content-type': 'application/octet-stream',
      });
    });
}

/** `POST /api/import/:table`: rows of an export, of any number. */
export function importRoutes() {
  return apiRoutes().post('/:table', tableParam, validate('query', z.object({ format })), async (c) => {
    const { table } = c.req.valid('param');
    const body = c.req.raw.body as NodeReadableStream | null;
    await c.var.project.transfer.write(
      table,
      c.req.valid('query').format,
      body ? Readable.fromWeb(body) : Readable.from([]),
    );
    return c.json({ table });
  });
}
