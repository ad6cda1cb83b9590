import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { RunId, SpanId, TraceId } from '../../domain/ids.ts';
import { SPAN_KINDS } from '../../domain/span-kind.ts';
import { micros, nanoUsd } from '../../domain/units.ts';
import { validate } from '../http/validate.ts';
import type { Reads } from '../reads.ts';
import { pageQuery } from './page-query.ts';

const epochMicros = z
  .string()
  .regex(/^\d{1,16}$/, 'expected whole microseconds since 1970')
  .transform(Number)
  .refine(Number.isSafeInteger, 'expected a time before the year 2255')
  .transform(micros);
const wholeNumber = z.coerce.number().int().positive();
const filterText = z.string().min(1).nullable().default(null);

/** `from` and `to` in epoch microseconds; the last seven days by default. */
const traceQuery = pageQuery.extend({
  from: epochMicros.optional(),
  to: epochMicros.optional(),
  status: z.enum(['ok', 'error']).nullable().default(null),
  kind: z.enum(SPAN_KINDS).nullable().default(null),
  service: filterText,
  environment: filterText,
  agent: filterText,
  agentVersion: filterText,
  model: filterText,
  tool: filterText,
  session: filterText,
  user: filterText,
  runId: RunId.nullable().default(null),
  /** In nano-dollars. */
  minCost: wholeNumber.transform(nanoUsd).nullable().default(null),
  maxCost: wholeNumber.transform(nanoUsd).nullable().default(null),
  /** In microseconds. */
  minDuration: wholeNumber.transform(micros).nullable().default(null),
  maxDuration: wholeNumber.transform(micros).nullable().default(null),
});

const weekMicros = 7 * 86_400 * 1e6;
const minuteMicros = 60 * 1e6;

export function traceRoutes({ reads, now }: { reads: Reads; now: () => number }) {
  return new Hono()
    .use(compress())
    .get('/', validate('query', traceQuery), async (c) => {
      const { from, to, ...rest } = c.req.valid('query');
      const end = to ?? micros(now() * 1000 + minuteMicros);
      const window = { from: from ?? micros(end - weekMicros), to: end };
      if (window.from >= window.to) {
        throw new AppError(
          'BAD_REQUEST',
          `query: from: expected a time before ${window.to}, got ${window.from}`,
        );
      }
      const { items, next, searched } = await reads.traces({ ...rest, ...window });
      return c.json({ traces: items, next, window, searched });
    })
    .get('/:traceId', validate('param', z.object({ traceId: TraceId })), async (c) => {
      const { traceId } = c.req.valid('param');
      const found = await reads.traceStructure(traceId);
      if (!found) throw new AppError('TRACE_NOT_FOUND', `there is no trace ${traceId}`);
      return c.json(found);
    })
    .get('/:traceId/logs', validate('param', z.object({ traceId: TraceId })), async (c) => {
      return c.json(await reads.traceLogs(c.req.valid('param').traceId));
    })
    .get(
      '/:traceId/spans/:spanId',
      validate('param', z.object({ traceId: TraceId, spanId: SpanId })),
      async (c) => {
        const { traceId, spanId } = c.req.valid('param');
        const span = await reads.span(traceId, spanId);
        if (!span) throw new AppError('SPAN_NOT_FOUND', `there is no span ${spanId} in trace ${traceId}`);
        return c.json({ span });
      },
    );
}
