import type { Context } from 'hono';
import { compress } from 'hono/compress';
import { z } from 'zod';
import { COST_DIMENSIONS } from '../../domain/cost-row.ts';
import { toCsv } from '../../domain/csv.ts';
import { COUNT_NAMES } from '../../domain/outcome-cohort.ts';
import { OUTCOME_DIMENSIONS } from '../../domain/outcome-type.ts';
import { MESSAGE_STAGES } from '../../domain/sent-message.ts';
import { micros } from '../../domain/units.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';
import type { OutcomeFilter } from '../reads.ts';
import { filterText, readWindow, windowQuery } from './window-query.ts';

type Deps = { now: () => number };

const STEPS = { day: 86_400, week: 7 * 86_400 } as const;
const hoursOfDay = 24;

const outcomeQuery = windowQuery.extend({
  days: z.coerce.number().int().min(1).max(365).default(7),
  channel: filterText,
  campaign: filterText,
  agentVersion: filterText,
  architecture: filterText,
  model: filterText,
});

const stepQuery = outcomeQuery.extend({
  by: z.enum(OUTCOME_DIMENSIONS).nullable().default(null),
  step: z.enum(['day', 'week']).default('day'),
  format: z.enum(['json', 'csv']).default('json'),
});

const curveQuery = outcomeQuery.extend({
  base: z.enum(['sent', 'delivered']).default('delivered'),
  /** Days for which a message is watched. */
  horizon: z.coerce.number().int().min(1).max(365).default(30),
});

const messageQuery = outcomeQuery.extend({
  by: z.enum(OUTCOME_DIMENSIONS).nullable().default(null),
  /** Of the dimension; empty: those of which nobody said. */
  value: z.string().nullable().default(null),
  stage: z.enum(MESSAGE_STAGES).default('sent'),
  maturity: z.enum(['mature', 'maturing']).nullable().default(null),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  format: z.enum(['json', 'csv']).default('json'),
});

/** What became of messages, and what they cost. `asOf`, from which on messages are maturing, is now. */
export function outcomeRoutes({ now }: Deps) {
  const filterOf = ({ from, to, days, ...rest }: z.output<typeof outcomeQuery>): OutcomeFilter => {
    const { channel, campaign, agentVersion, architecture, model } = rest;
    const where = { channel, campaign, agentVersion, architecture, model };
    return { ...readWindow({ from, to }, now()), days, asOf: micros(now() * 1000), where };
  };
  const requestOf = (query: z.output<typeof stepQuery>) => ({
    ...filterOf(query),
    by: query.by,
    step: micros(STEPS[query.step] * 1e6),
  });

  return apiRoutes()
    .use(compress())
    .get('/cohorts', validate('query', stepQuery), async (c) => {
      const request = requestOf(c.req.valid('query'));
      const report = await c.var.project.reads.outcomes(request);
      if (c.req.valid('query').format === 'csv') {
        const header = ['start', request.by ?? 'value', 'maturing', ...COUNT_NAMES];
        const rows = report.cohorts.map((cohort) => [
          isoDay(cohort.start),
          cohort.value,
          cohort.maturing,
          ...COUNT_NAMES.map((name) => cohort[name]),
        ]);
        return csv(c, 'reply-rates', toCsv(header, rows));
      }
      return c.json({ report, window: { from: request.from, to: request.to } });
    })
    .get('/reply-times', validate('query', curveQuery), async (c) => {
      const query = c.req.valid('query');
      const request = { ...filterOf(query), base: query.base, horizon: query.horizon * hoursOfDay };
      return c.json({ curve: await c.var.project.reads.replyCurve(request) });
    })
    .get('/messages', validate('query', messageQuery), async (c) => {
      const { by, value, stage, maturity, limit, format, ...query } = c.req.valid('query');
      const found = await c.var.project.reads.messages({
        ...filterOf(query),
        by,
        value,
        stage,
        maturity,
        limit,
      });
      if (format === 'json') return c.json(found);
      const names = Object.keys(found.messages[0] ?? {}) as (keyof (typeof found.messages)[number])[];
      return csv(
        c,
        'messages',
        toCsv(
          names,
          found.messages.map((message) => names.map((name) => message[name])),
        ),
      );
    })
    .get('/costs', validate('query', stepQuery), async (c) => {
      const costs = await c.var.project.reads.outcomeCosts(requestOf(c.req.valid('query')));
      if (c.req.valid('query').format === 'json') return c.json({ costs });
      const header = [...COST_DIMENSIONS, 'calls', 'costNanoUsd', 'unpricedCalls'];
      const rows = costs.rows.map((row) => [
        ...COST_DIMENSIONS.map((name) => row[name]),
        row.calls,
        row.cost,
        row.unpricedCalls,
      ]);
      return csv(c, 'costs', toCsv(header, rows));
    });
}

function isoDay(at: number): string {
  return new Date(at / 1000).toISOString().slice(0, 10);
}

/** Without a type: the typed client asks for JSON. */
function csv(c: Context, name: string, text: string): never {
  c.header('content-disposition', `attachment; filename="${name}.csv"`);
  c.header('content-type', 'text/csv; charset=utf-8');
  return c.body(text) as never;
}
