import { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import type { MaintenanceEvent } from '../maintenance/maintenance.ts';

const lastSecond = 2 ** 32 - 1;
const seconds = z.int().min(0).max(lastSecond);

/** `from` and `to`: starts of spans in seconds since the epoch; everything by default. */
const maintenanceRequest = z.object({
  from: seconds.default(0),
  to: seconds.default(lastSecond),
  all: z.boolean().default(false),
});

/** `POST /api/maintenance/remap` and `/reprice`: a line of JSON for each event, as it happens. */
export function maintenanceRoutes() {
  return apiRoutes().post(
    '/:task',
    validate('param', z.object({ task: z.enum(['remap', 'reprice']) })),
    validate('json', maintenanceRequest),
    async (c) => {
      const { maintenance } = c.var.project;
      const events = maintenance.run(c.req.valid('param').task, c.req.valid('json'), c.req.raw.signal);
      // What goes wrong before the first event is answered as an error; later it is the last line.
      const first = await events.next();
      const lines = Readable.toWeb(Readable.from(linesOf(first.value ?? null, events)));
      return c.body(lines as ReadableStream, 200, { 'content-type': 'application/x-ndjson' });
    },
  );
}

async function* linesOf(first: MaintenanceEvent | null, events: AsyncGenerator<MaintenanceEvent>) {
  try {
    if (first) yield `${JSON.stringify(first)}\n`;
    for await (const event of events) yield `${JSON.stringify(event)}\n`;
  } catch (error) {
    const { code, message } =
      error instanceof AppError ? error : new AppError('INTERNAL', 'the work broke off', { cause: error });
    yield `${JSON.stringify({ kind: 'failed', code, message })}\n`;
  }
}
