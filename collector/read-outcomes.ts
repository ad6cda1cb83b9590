import { AppError } from '../domain/errors.ts';
import { kaplanMeier } from '../domain/kaplan-meier.ts';
import { type OutcomeCohort, splitOf, splitsOf, sumCounts } from '../domain/outcome-cohort.ts';
import type { OutcomeReport, ReplyCurve } from '../domain/outcome-report.ts';
import type { OutcomeDimension } from '../domain/outcome-type.ts';
import type { SentMessage } from '../domain/sent-message.ts';
import { micros } from '../domain/units.ts';
import { type LeadCohortRow, leadCohorts } from './queries/lead-cohorts.ts';
import { type OutcomeCohortRow, outcomeCohorts } from './queries/outcome-cohorts.ts';
import { outcomeMessages } from './queries/outcome-messages.ts';
import {
  DIMENSION_COLUMNS,
  NO_COLUMN,
  type OutcomeParams,
  type StepParams,
} from './queries/outcome-params.ts';
import { replyTimes } from './queries/reply-times.ts';
import { unattributedOutcomes } from './queries/unattributed-outcomes.ts';
import type { MessageRequest, OutcomeFilter, OutcomeRequest, ReplyCurveRequest } from './reads.ts';
import type { Store } from './store/store.ts';

export type OutcomeReadDeps = { store: Pick<Store, 'rows'>; project: string };

/** Steps times values; more is no chart, and no table either. */
const mostRows = 50_000;
const readSeconds = 30;
const options = { seconds: readSeconds };

/** Reply rates over time, by a dimension. The window is widened to whole steps. */
export async function readOutcomes(deps: OutcomeReadDeps, request: OutcomeRequest): Promise<OutcomeReport> {
  const params = stepParams(deps, request, mostRows);
  const { store, project } = deps;
  const [messages, leads, unattributed] = await Promise.all([
    store.rows(outcomeCohorts, params, options),
    store.rows(leadCohorts, params, options),
    store.rows(unattributedOutcomes, { project, from: params.from, to: params.to }, options),
  ]);
  if (Math.max(messages.length, leads.length) >= mostRows) {
    throw new AppError('QUERY_LIMIT', `expected fewer than ${mostRows} steps times values of ${request.by}`);
  }
  const cohorts = joinCohorts(messages, leads, (place) => micros((params.from + place * params.step) * 1e6));
  return {
    cohorts,
    overall: splitOf(null, cohorts),
    splits: request.by === null ? [] : splitsOf(cohorts),
    unattributed: unattributed[0] ?? { outcomes: 0, replies: 0 },
    by: request.by,
    days: request.days,
    step: request.step,
    asOf: request.asOf,
  };
}

/** How replies come with time, of the messages of a window. */
export async function readReplyCurve(deps: OutcomeReadDeps, request: ReplyCurveRequest): Promise<ReplyCurve> {
  const { base, horizon } = request;
  const { days: _, ...params } = outcomeParams(deps, request);
  const observed = await deps.store.rows(replyTimes, { ...params, base, horizon }, options);
  const sum = (of: 'n' | 'events') => observed.reduce((total, row) => total + row[of], 0);
  return { shares: kaplanMeier(observed), messages: sum('n'), replies: sum('events'), horizon };
}

/** The messages behind a figure, newest first. */
export async function readMessages(
  deps: OutcomeReadDeps,
  request: MessageRequest,
): Promise<{ messages: SentMessage[]; total: number }> {
  const { by, value, stage, maturity, limit } = request;
  const rows = await deps.store.rows(
    outcomeMessages,
    {
      ...outcomeParams(deps, request),
      // Where any value will do it names a column all the same.
      by: DIMENSION_COLUMNS[by ?? 'channel'],
      value: value ?? '',
      anyValue: value === null || by === null,
      stage,
      maturity: maturity ?? '',
      limit,
    },
    options,
  );
  return { messages: rows.map(({ message }) => message), total: rows[0]?.total ?? 0 };
}

/** @param limit of rows */
export function stepParams(deps: OutcomeReadDeps, request: OutcomeRequest, limit: number): StepParams {
  const params = outcomeParams(deps, request);
  const step = request.step / 1e6;
  return { ...params, from: stepStart(params.from, step), by: columnOf(request.by), step, limit };
}

const daySeconds = 86_400;
/** 5 January 1970 was a Monday. */
const firstMonday = 4 * daySeconds;

/** The step, or the week from Monday to Sunday, in which a time lies. */
function stepStart(seconds: number, step: number): number {
  const origin = step % (7 * daySeconds) === 0 ? firstMonday : 0;
  return Math.max(0, Math.floor((seconds - origin) / step) * step + origin);
}

function outcomeParams({ project }: OutcomeReadDeps, request: OutcomeFilter): OutcomeParams {
  const { where } = request;
  return {
    project,
    from: Math.floor(request.from / 1e6),
    to: Math.ceil(request.to / 1e6),
    days: request.days,
    asOf: Math.floor(request.asOf / 1e6),
    agentVersion: where.agentVersion ?? '',
    architecture: where.architecture ?? '',
    model: where.model ?? '',
    channel: where.channel ?? '',
    campaign: where.campaign ?? '',
  };
}

function columnOf(by: OutcomeDimension | null): string {
  return by === null ? NO_COLUMN : DIMENSION_COLUMNS[by];
}

/** Messages and leads are counted apart and told in one row. */
function joinCohorts(
  messages: readonly OutcomeCohortRow[],
  leads: readonly LeadCohortRow[],
  startOf: (place: number) => OutcomeCohort['start'],
): OutcomeCohort[] {
  const cohorts = new Map<string, OutcomeCohort>();
  const at = ({ place, value, maturing }: LeadCohortRow | OutcomeCohortRow): OutcomeCohort => {
    const key = `${place} ${maturing} ${value}`;
    const known = cohorts.get(key) ?? emptyCohort(startOf(place), value || null, maturing === 1);
    cohorts.set(key, known);
    return known;
  };
  for (const row of messages) {
    const cohort = at(row);
    cohort.sent += row.sent_messages;
    cohort.delivered += row.delivered_messages;
    cohort.bounced += row.bounced_messages;
    cohort.replied += row.replied_messages;
    cohort.deliveredReplied += row.delivered_replied_messages;
    cohort.positive += row.positive_messages;
    cohort.deliveredPositive += row.delivered_positive_messages;
    cohort.meetings += row.met_messages;
    cohort.optedOut += row.opted_out_messages;
    cohort.aggregated += row.aggregated_messages;
  }
  for (const row of [...messages, ...leads]) {
    const cohort = at(row);
    cohort.contactedLeads += row.contacted_leads;
    cohort.repliedLeads += row.replied_leads;
  }
  return [...cohorts.values()].sort((left, right) => left.start - right.start);
}

function emptyCohort(start: OutcomeCohort['start'], value: string | null, maturing: boolean): OutcomeCohort {
  return { start, value, maturing, ...sumCounts([]) };
}
