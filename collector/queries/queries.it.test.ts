import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { type ClickHouse, openClickHouse } from '../store/open-clickhouse.ts';
import { dirtyHours } from './dirty-hours.ts';
import { hourStates } from './hour-states.ts';
import { keptSpans } from './kept-spans.ts';
import { leadCohorts } from './lead-cohorts.ts';
import { logRecords } from './log-records.ts';
import { loopPayloads, UNREAD } from './loop-payloads.ts';
import { loopSpans } from './loop-spans.ts';
import { loopStates } from './loop-states.ts';
import { nestedCallsOfHours, nestedCallsOfTraces } from './nested-calls.ts';
import { outcomeCohorts } from './outcome-cohorts.ts';
import { outcomeMessages } from './outcome-messages.ts';
import { outcomeTraces } from './outcome-traces.ts';
import { replyTimes } from './reply-times.ts';
import { runPage } from './run-page.ts';
import { runTrials } from './run-trials.ts';
import { savedViews } from './saved-views.ts';
import { searchWords } from './search-words.ts';
import { spanChart } from './span-chart.ts';
import { spanDetail } from './span-detail.ts';
import { spanFacet } from './span-facet.ts';
import { spansSaying } from './spans-saying.ts';
import { textedTraces } from './texted-traces.ts';
import { traceCount } from './trace-count.ts';
import { NO_FILTER, NO_SEARCH } from './trace-filter.ts';
import { traceHoursOf } from './trace-hours-of.ts';
import { tracePins } from './trace-pins.ts';
import { traceStep } from './trace-step.ts';
import { traceStepBuilt } from './trace-step-built.ts';
import { traceStructure } from './trace-structure.ts';
import { traceSummaries } from './trace-summaries.ts';
import { traceSummariesBuilt } from './trace-summaries-built.ts';
import { tracesOfHour } from './traces-of-hour.ts';
import { trialPayloads } from './trial-payloads.ts';
import { trialProgress } from './trial-progress.ts';
import { trialRecord } from './trial-record.ts';
import { trialSpans } from './trial-spans.ts';
import { unattributedOutcomes } from './unattributed-outcomes.ts';
import { unjudgedHours } from './unjudged-hours.ts';
import { wordStates } from './word-states.ts';
import { wordedTraces } from './worded-traces.ts';
import { workSpans } from './work-spans.ts';

let directory: string;
let clickHouse: ClickHouse;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-'));
  clickHouse = await openClickHouse({ dataDirectory: directory, log: () => {} });
});
afterAll(async () => {
  await clickHouse.close();
  rmSync(directory, { recursive: true, force: true });
});

const project = 'default';
const traceId = TraceId.parse('0af7651916cd43dd8448eb211c80319c');
const id = 'a'.repeat(24);

const noSpanFilter = {
  status: '',
  kind: '',
  service: '',
  environment: '',
  agent: '',
  agentVersion: '',
  provider: '',
  model: '',
  tool: '',
};
const hourParams = {
  project,
  hours: [0],
  builds: [1],
  liveHours: [3600],
  enclosing: [`${traceId}b7ad6b7169203331`],
};

const stepParams = {
  ...NO_FILTER,
  ...NO_SEARCH,
  project,
  from: 0,
  to: 1,
  reach: 1,
  beforeMicros: 0,
  beforeTraceId: '',
  limit: 1,
};

const sentParams = {
  project,
  from: 0,
  to: 1,
  asOf: 1,
  agentVersion: '',
  architecture: '',
  model: '',
  channel: 'mail',
  campaign: '',
};
const outcomeParams = { ...sentParams, days: 14 };
const outcomeSteps = { ...outcomeParams, by: 'model', step: 86_400, limit: 1 };

const cases = {
  'lead-cohorts': [leadCohorts, outcomeSteps],
  'log-records': [logRecords, { project, traceIds: [traceId], spanId: null, event: null, limit: 1 }],
  'kept-spans': [keptSpans, { project, traceId }],
  'dirty-hours': [dirtyHours, { grace: 60, limit: 1 }],
  'hour-states': [hourStates, { project, from: 0, to: 1, grace: 60 }],
  'loop-payloads': [loopPayloads, { project, traceIds: [traceId], teams: [traceId], longest: 9, ...UNREAD }],
  'loop-spans': [loopSpans, { project, traceIds: [traceId], spansOfTrace: 1 }],
  'loop-states': [loopStates, { project, traceIds: [traceId], detector: 1 }],
  'nested-calls-of-hours': [nestedCallsOfHours, { project, quarters: [0] }],
  'nested-calls-of-traces': [nestedCallsOfTraces, { project, traceIds: [traceId] }],
  'outcome-cohorts': [outcomeCohorts, outcomeSteps],
  'outcome-messages': [
    outcomeMessages,
    { ...outcomeParams, by: 'model', value: '', anyValue: true, stage: 'replied', maturity: '', limit: 1 },
  ],
  'outcome-traces': [outcomeTraces, outcomeSteps],
  'reply-times': [replyTimes, { ...sentParams, base: 'sent', horizon: 1 }],
  'run-page': [runPage, { project, runId: null, beforeMicros: null, beforeRunId: '', limit: 1 }],
  'run-trials': [runTrials, { project, runId: 'r', limit: 1 }],
  'saved-views': [savedViews, { project, page: 'traces' }],
  'search-words': [searchWords, { terms: ['one'] }],
  'span-chart': [
    spanChart,
    { ...hourParams, ...noSpanFilter, by: 'model', named: true, from: 0, step: 3600, limit: 1 },
  ],
  'span-detail': [spanDetail, { project, traceId, spanId: 'b7ad6b7169203331' }],
  'span-facet': [spanFacet, { ...hourParams, ...noSpanFilter, by: 'model', named: true, limit: 1 }],
  'spans-saying': [spansSaying, { project, traceId, piece: 'one', limit: 1 }],
  'texted-traces': [textedTraces, { project, words: ['one'], since: 0, until: 1, hours: [0], limit: 1 }],
  'trace-count': [traceCount, { ...NO_FILTER, project, from: 0, to: 1, hours: [0], builds: [1] }],
  'trace-hours-of': [traceHoursOf, { project, traceIds: [traceId] }],
  'trace-pins': [tracePins, { project, traceId }],
  'trace-step': [traceStep, stepParams],
  'trace-step-built': [traceStepBuilt, { ...stepParams, until: 1, hours: [0], builds: [1] }],
  'trace-structure': [traceStructure, { project, traceId, limit: 1 }],
  'trace-summaries': [traceSummaries, { ...NO_FILTER, project, traceIds: [traceId], enclosing: [] }],
  'traces-of-hour': [tracesOfHour, { project, hour: 0 }],
  'trace-summaries-built': [
    traceSummariesBuilt,
    { ...NO_FILTER, project, traceIds: [traceId], hours: [0], builds: [1] },
  ],
  'trial-payloads': [trialPayloads, { project, trialId: id }],
  'trial-progress': [trialProgress, { project, trialId: id }],
  'trial-record': [trialRecord, { project, trialId: id }],
  'trial-spans': [trialSpans, { project, trialId: id, limit: 1 }],
  'unattributed-outcomes': [unattributedOutcomes, { project, from: 0, to: 1 }],
  'unjudged-hours': [unjudgedHours, { detector: 1, limit: 1 }],
  'word-states': [wordStates, { project, from: 0, to: 1, grace: 60 }],
  'work-spans': [workSpans, { project, traceIds: [traceId] }],
  'worded-traces': [wordedTraces, { project, traceIds: [traceId], phrases: ['one'] }],
} as const;

/** What JSON makes of a ClickHouse type: `integer`, `string`, `array of string`, with `or null`. */
function jsonType(type: string): string {
  const inner = (wrapper: string) => new RegExp(`^${wrapper}\\((.*)\\)$`).exec(type)?.[1];
  const lowered = inner('LowCardinality');
  if (lowered) return jsonType(lowered);
  const nullable = inner('Nullable');
  if (nullable) return `${jsonType(nullable)} or null`;
  const item = inner('Array');
  if (item) return `array of ${jsonType(item)}`;
  if (/^U?Int\d+$/.test(type)) return 'integer';
  return type === 'String' || type.startsWith('Enum8(') ? 'string' : type;
}

type JsonSchema = { type?: string | string[]; items?: JsonSchema; anyOf?: JsonSchema[] };

function schemaType({ type, items, anyOf }: JsonSchema): string {
  const options = anyOf?.map(schemaType) ?? (Array.isArray(type) ? type : []);
  if (options.length > 0) {
    const named = options.filter((option) => option !== 'null').join(' or ');
    return options.includes('null') ? `${named} or null` : named;
  }
  return type === 'array' && items ? `array of ${schemaType(items)}` : String(type);
}

const described = {
  columns: z.object({ name: z.string(), type: z.string() }),
  toValue: (row: { name: string; type: string }) => [row.name, jsonType(row.type)] as const,
};

describe('every query', () => {
  it('is among those described here', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.sql'));
    expect(Object.keys(cases).toSorted()).toEqual(files.map((file) => file.replace('.sql', '')).toSorted());
  });

  it.each(Object.entries(cases))(
    '%s answers with the columns of its row schema',
    async (_, [query, params]) => {
      const found = await clickHouse.store.rows(
        { ...described, sql: `DESCRIBE TABLE (${query.sql})` },
        params,
      );
      const { properties = {} } = z.toJSONSchema(query.columns, { io: 'input' }) as {
        properties?: Record<string, JsonSchema>;
      };
      const expected = Object.entries(properties).map(([name, schema]) => [name, schemaType(schema)]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    },
  );
});
