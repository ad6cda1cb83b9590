import { compress } from 'hono/compress';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { RunId, SpanId, TraceId } from '../../domain/ids.ts';
import { SPAN_KINDS } from '../../domain/span-kind.ts';
import { micros, nanoUsd } from '../../domain/units.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import { pageQuery } from './page-query.ts';
import { filterText, readWindow, windowQuery } from './window-query.ts';

/** Their ids fill about three kilobytes of an address. */
const mostNamed = 100;

const wholeNumber = z.coerce.number().int().positive();

const traceQuery = pageQuery.extend({
  ...windowQuery.shape,
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
  loops: z.enum(['yes']).nullable().default(null),
  /** Words and quoted phrases of the text. */
  q: z.string().min(1).max(500).nullable().default(null),
});

/** The count is of all pages. */
const countQuery = traceQuery.omit({ before: true });

/** Ids with commas between them. */
const namedQuery = z.object({
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(TraceId).min(1).max(mostNamed)),
});

export function traceRoutes({ now }: { now: () => number }) {
  return apiRoutes()
    .use(compress())
    .get('/', validate('query', traceQuery), async (c) => {
      const { from, to, q: search, ...rest } = c.req.valid('query');
      const window = readWindow({ from, to }, now());
      const { items, next, searched } = await c.var.project.reads.tracesWithLoops({
        ...rest,
        ...window,
        search,
      });
      return c.json({ traces: items, next, window, searched });
    })
    .get('/count', validate('query', countQuery), async (c) => {
      const { from, to, q: search, loops, ...rest } = c.req.valid('query');
      const window = readWindow({ from, to }, now());
      const filter = { ...rest, ...window, search, before: null };
      if (loops === null) return c.json({ total: await c.var.project.reads.countTraces(filter), window });
      // What looped is told trace by trace: a page's worth is looked for.
      const { items, next } = await c.var.project.reads.tracesWithLoops({ ...filter, loops });
      return c.json({ total: { count: items.length, exact: next === null }, window });
    })
    .get('/named', validate('query', namedQuery), async (c) => {
      return c.json({ traces: await c.var.project.reads.namedTraces(c.req.valid('query').ids) });
    })
    .get('/:traceId', validate('param', z.object({ traceId: TraceId })), async (c) => {
      const { traceId } = c.req.valid('param');
      const found = await c.var.project.reads.traceStructure(traceId);
      if (!found) throw new AppError('TRACE_NOT_FOUND', `there is no trace ${traceId}`);
      return c.json(found);
    })
    .get(
      '/:traceId/search',
      validate('param', z.object({ traceId: TraceId })),
      validate('query', z.object({ q: z.string().min(1).max(500) })),
      async (c) => {
        const { traceId } = c.req.valid('param');
        return c.json({ spanIds: await c.var.project.reads.spansSaying(traceId, c.req.valid('query').q) });
      },
    )
    .get('/:traceId/loops', validate('param', z.object({ traceId: TraceId })), async (c) => {
      const { traceId } = c.req.valid('param');
      const found = await c.var.project.reads.traceLoops(traceId);
      if (!found) throw new AppError('TRACE_NOT_FOUND', `there is no trace ${traceId}`);
      return c.json(found);
    })
    .get(
      '/:traceId/logs',
      validate('param', z.object({ traceId: TraceId })),
      validate('query', z.object({ event: z.string().min(1).max(200).optional() })),
      async (c) => {
        const { traceId } = c.req.valid('param');
        return c.json(await c.var.project.reads.traceLogs(traceId, c.req.valid('query').event));
      },
    )
    .get(
      '/:traceId/spans/:spanId',
      validate('param', z.object({ traceId: TraceId, spanId: SpanId })),
      async (c) => {
        const { traceId, spanId } = c.req.valid('param');
        const span = await c.var.project.reads.span(traceId, spanId);
        if (!span) throw new AppError('SPAN_NOT_FOUND', `there is no span ${spanId} in trace ${traceId}`);
        return c.json({ span });
      },
    );
}
