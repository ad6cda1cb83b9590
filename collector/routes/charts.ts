import { compress } from 'hono/compress';
import { z } from 'zod';
import { DIMENSIONS } from '../../domain/chart.ts';
import { AppError } from '../../domain/errors.ts';
import { SPAN_KINDS } from '../../domain/span-kind.ts';
import { micros } from '../../domain/units.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import type { Window } from '../reads.ts';
import { filterText, readWindow, windowQuery } from './window-query.ts';

type Deps = { now: () => number };

/** In seconds, from a minute to a week. */
const STEPS = ['60', '300', '900', '3600', '10800', '21600', '86400', '604800'] as const;

const spanFilter = windowQuery.extend({
  status: z.enum(['ok', 'error']).nullable().default(null),
  kind: z.enum(SPAN_KINDS).nullable().default(null),
  service: filterText,
  environment: filterText,
  agent: filterText,
  agentVersion: filterText,
  provider: filterText,
  model: filterText,
  tool: filterText,
});

const chartQuery = spanFilter.extend({
  by: z.enum(DIMENSIONS),
  step: z.enum(STEPS).default('3600').transform(Number),
});

const facetQuery = spanFilter.extend({
  field: z.enum(DIMENSIONS),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const daySeconds = 86_400;
const mostDays = 400;

/** Spans over time by a dimension. */
export function chartRoutes({ now }: Deps) {
  return apiRoutes()
    .use(compress())
    .get('/spans', validate('query', chartQuery), async (c) => {
      const { from, to, step, ...rest } = c.req.valid('query');
      const window = readWindow({ from, to }, now());
      // Steps below an hour are counted from the spans themselves.
      expectAtMost(window, step < 3600 ? 1 : mostDays);
      return c.json({
        chart: await c.var.project.reads.chart({ ...rest, ...window, step: micros(step * 1e6) }),
        window,
      });
    });
}

/** The values that spans can be filtered by, with their counts. */
export function facetRoutes({ now }: Deps) {
  return apiRoutes().get('/', validate('query', facetQuery), async (c) => {
    const { from, to, ...rest } = c.req.valid('query');
    const window = readWindow({ from, to }, now());
    expectAtMost(window, mostDays);
    return c.json({ facet: await c.var.project.reads.facet({ ...rest, ...window }), window });
  });
}

function expectAtMost({ from, to }: Window, days: number): void {
  if ((to - from) / 1e6 > days * daySeconds) {
    throw new AppError(
      'BAD_REQUEST',
      `query: from: expected a window of at most ${days} days for these steps`,
    );
  }
}
