import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChartSeries } from '../domain/chart.ts';
import { countedCalls } from '../domain/counted-calls.ts';
import { LATENCY_ERROR } from '../domain/latency-class.ts';
import { summariseTrace } from '../domain/summarise-trace.ts';
import type { TraceSummary } from '../domain/trace.ts';
import { spansOfStructure } from '../domain/trace-structure.ts';
import { micros, nanoUsd } from '../domain/units.ts';
import { countTraces } from './count-traces.ts';
import { dropReplacedBuilds, rebuildHours } from './housekeeping/rebuild-hours.ts';
import { listTraces } from './list-traces.ts';
import { NO_TRACE_FILTER as noFilter } from './no-trace-filter.ts';
import { readChart, readFacet } from './read-chart.ts';
import type { SpanFilter, TraceFilter } from './reads.ts';
import { type ClickHouse, openClickHouse } from './store/open-clickhouse.ts';
import type { Store } from './store/store.ts';
import { storeReads } from './store-reads.ts';
import { arbitraryTrace } from './testing/arbitrary-trace.ts';
import { type StoredSpan, storeSpans } from './testing/stored-spans.ts';

let directory: string;
let clickHouse: ClickHouse;
let store: Store;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-'));
  clickHouse = await openClickHouse({ dataDirectory: directory, log: () => {} });
  store = clickHouse.store;
});
afterAll(async () => {
  await clickHouse.close();
  rmSync(directory, { recursive: true, force: true });
});

const minute = 60e6;
const hour = 60 * minute;
/** 2026-11-22T00:00:00Z; the hours of a trace may lie in two days. */
const MIDNIGHT = 1_795_305_600e6;
const FROM = MIDNIGHT - 3 * hour;
const wholeWindow = { from: micros(FROM - hour), to: micros(FROM + 12 * hour) };

const noSpanFilter: SpanFilter = {
  model: null,
  provider: null,
  agent: null,
  agentVersion: null,
  service: null,
  environment: null,
  tool: null,
  kind: null,
  status: null,
};

/** Every sample is read within a project of its own. */
let projects = 0;
const newProject = () => `project-${projects++}`;

/** Distinct traces, and each of their spans delivered once or more, in pieces. */
const deliveries = fc
  .uniqueArray(arbitraryTrace(FROM), { minLength: 1, maxLength: 12, selector: (spans) => spans[0]?.traceId })
  .chain((traces) => {
    const spans = traces.flat();
    return fc.record({
      traces: fc.constant(traces),
      // What a later delivery of the same span says counts.
      stale: fc.shuffledSubarray(spans).map((some) => some.map(stale)),
      again: fc.shuffledSubarray(spans),
    });
  });

function stale(span: StoredSpan): StoredSpan {
  return {
    ...span,
    version: 0,
    status: 'error',
    cost: nanoUsd(7),
    agent: 'stale',
    model: 'stale',
    duration: micros(1),
  };
}

async function deliver(project: string, ...batches: StoredSpan[][]): Promise<void> {
  for (const batch of batches) {
    await storeSpans(
      store,
      batch.map((span) => ({ ...span, project })),
    );
  }
}

async function rebuildAll(): Promise<void> {
  while ((await rebuildHours({ store, graceSeconds: 0, most: 10_000 })) > 0);
}

function countedOf(spans: readonly StoredSpan[]): Set<string> {
  const usageKnown = (span: StoredSpan) => span.usage !== null;
  return countedCalls(spans.map((span) => ({ ...span, usageKnown: usageKnown(span) })));
}

function summaryOf(spans: readonly StoredSpan[]): TraceSummary {
  const counted = countedOf(spans);
  const [first] = spans;
  if (!first) throw new Error('expected a span');
  const ids = { traceId: first.traceId, runId: null, trialId: null, scenarioId: null };
  return summariseTrace(
    ids,
    spans.map((span) => ({ ...span, counted: counted.has(span.spanId) })),
  );
}

const newestFirst = (a: TraceSummary, b: TraceSummary) =>
  b.start - a.start || (a.traceId < b.traceId ? 1 : -1);

async function allPages(
  project: string,
  filter: TraceFilter,
  step: number,
  graceSeconds = 60,
): Promise<TraceSummary[]> {
  const deps = {
    store,
    project,
    elapsed: () => 0,
    firstStep: step,
    firstTraces: 3,
    reach: 2 * minute,
    graceSeconds,
  };
  const found: TraceSummary[] = [];
  for (let before: string | null = null; ; ) {
    const page = await listTraces(deps, { ...filter, before });
    expect(page.items.length).toBeLessThanOrEqual(filter.limit);
    found.push(...page.items);
    if (page.next === null) return found;
    before = page.next;
  }
}

describe('the list of traces', () => {
  it('shows each trace once, newest first, whatever was delivered, in pages and steps of any size', async () => {
    const shape = fc.record({
      limit: fc.integer({ min: 1, max: 7 }),
      step: fc.constantFrom(2 * minute, 7 * minute, hour),
    });
    await fc.assert(
      fc.asyncProperty(deliveries, shape, async ({ traces, stale: early, again }, { limit, step }) => {
        const project = newProject();
        await deliver(project, early, traces.flat(), again);
        const expected = traces.map(summaryOf).sort(newestFirst);
        const pages = (grace: number) =>
          allPages(project, { ...noFilter, ...wholeWindow, limit }, step, grace);
        expect(await pages(60)).toEqual(expected);
        await rebuildAll();
        expect(await pages(0)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  const filters: [
    string,
    Partial<TraceFilter>,
    (spans: readonly StoredSpan[], summary: TraceSummary) => boolean,
  ][] = [
    ['failed', { status: 'error' }, (_, { errors }) => errors > 0],
    ['did not fail', { status: 'ok' }, (_, { errors }) => errors === 0],
    [
      'agent and model',
      { agent: 'bob', model: 'gpt' },
      (spans) => spans.some(({ agent }) => agent === 'bob') && spans.some(({ model }) => model === 'gpt'),
    ],
    ['tool', { tool: 'send' }, (spans) => spans.some(({ tool }) => tool === 'send')],
    ['kind', { kind: 'guardrail' }, (spans) => spans.some(({ kind }) => kind === 'guardrail')],
    ['at least this cost', { minCost: nanoUsd(500_000) }, (_, { cost }) => (cost ?? 0) >= 500_000],
    ['at most this cost', { maxCost: nanoUsd(500_000) }, (_, { cost }) => (cost ?? 0) <= 500_000],
    ['lasted long', { minDuration: micros(30 * minute) }, (_, { duration }) => duration >= 30 * minute],
    ['lasted short', { maxDuration: micros(30 * minute) }, (_, { duration }) => duration <= 30 * minute],
  ];
  it.each(filters)(
    'is filtered over all spans of a trace, however long it goes on: %s',
    async (_, filter, passes) => {
      await fc.assert(
        fc.asyncProperty(deliveries, async ({ traces, stale: early }) => {
          const project = newProject();
          await deliver(project, early, traces.flat());
          const expected = traces
            .filter((spans) => passes(spans, summaryOf(spans)))
            .map(summaryOf)
            .sort(newestFirst);
          const wanted = { ...noFilter, ...wholeWindow, ...filter, limit: 3 };
          const count = (graceSeconds: number) =>
            countTraces({ store, project, elapsed: () => 0, graceSeconds }, wanted);
          expect(await allPages(project, wanted, 15 * minute)).toEqual(expected);
          expect(await count(60)).toEqual({ count: expected.length, exact: true });
          await rebuildAll();
          expect(await allPages(project, wanted, 15 * minute, 0)).toEqual(expected);
          expect(await count(0)).toEqual({ count: expected.length, exact: true });
        }),
        { numRuns: 2 },
      );
    },
  );

  it('holds the traces that start in the window, its end excluded', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, fc.nat(300), fc.nat(300), async ({ traces }, a, b) => {
        const project = newProject();
        await deliver(project, traces.flat());
        const summaries = traces.map(summaryOf).sort(newestFirst);
        // At the edge there is a trace.
        const from = micros(summaries.at(a % summaries.length)?.start ?? FROM);
        const to = micros(from + b * minute + 1);
        const expected = summaries.filter(({ start }) => start >= from && start < to);
        expect(await allPages(project, { ...noFilter, from, to }, 20 * minute)).toEqual(expected);
        expect(
          await allPages(project, { ...noFilter, from: wholeWindow.from, to: from }, 20 * minute),
        ).toEqual(summaries.filter(({ start }) => start < from));
      }),
      { numRuns: 4 },
    );
  });

  it('says how far it looked when time is up, and goes on from there', async () => {
    const project = newProject();
    const sample = fc.uniqueArray(arbitraryTrace(FROM), {
      minLength: 12,
      selector: (spans) => spans[0]?.traceId,
    });
    const traces = fc.sample(sample, { numRuns: 1, seed: 3 }).flat();
    await deliver(project, traces.flat());
    const expected = traces.map(summaryOf).sort(newestFirst);
    const found: TraceSummary[] = [];
    let before: string | null = null;
    let pages = 0;
    do {
      // Time is up after some steps.
      let asked = 0;
      const deps = {
        store,
        project,
        elapsed: () => asked++ * 1000,
        budgetMilliseconds: 1500,
        firstStep: 5 * minute,
      };
      const page = await listTraces(deps, { ...noFilter, ...wholeWindow, before });
      found.push(...page.items);
      expect(found).toEqual(expected.filter(({ start }) => start >= page.searched.from));
      before = page.next;
      pages++;
    } while (before !== null);
    expect(found).toEqual(expected);
    expect(pages).toBeGreaterThan(1);
  });
});

describe('the structure of a trace', () => {
  it('is that of its spans, with the calls that count', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ traces, stale: early, again }) => {
        const project = newProject();
        await deliver(project, early, traces.flat(), again);
        for (const spans of traces.slice(0, 3)) {
          const summary = summaryOf(spans);
          const found = await storeReads(store, project).traceStructure(summary.traceId);
          expect(found?.trace).toEqual(summary);
          const counted = countedOf(spans);
          const rows = found ? spansOfStructure(found.structure) : [];
          expect(rows).toHaveLength(spans.length);
          for (const span of spans) {
            expect(rows.find(({ spanId }) => spanId === span.spanId)).toMatchObject({
              parentSpanId: span.parentSpanId,
              kind: span.kind,
              start: span.start,
              duration: span.duration,
              agent: span.agent,
              usage: span.usage,
              cost: span.cost,
              counted: counted.has(span.spanId),
            });
          }
        }
      }),
      { numRuns: 4 },
    );
  });
});

describe('a span that comes again with another start', () => {
  const moves = fc.array(
    fc.record({
      place: fc.nat(),
      by: fc.integer({ min: -90, max: 90 }),
      version: fc.integer({ min: 2, max: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it('is there once: in a trace at once, in lists and charts when its hours have been rebuilt', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, moves, fc.boolean(), async ({ traces, again }, moved, early) => {
        const project = newProject();
        const spans = traces.flat();
        // Of a span that is moved several times the highest version counts, and of equal ones the latest start.
        const later = moved.map(({ place, by, version }): StoredSpan => {
          const span = spans[place % spans.length];
          if (!span) throw new Error('expected a span');
          return { ...span, start: micros(span.start + by * minute), version };
        });
        await deliver(project, ...(early ? [later, spans, again] : [spans, later, again]));
        const kept = new Map<string, StoredSpan>();
        for (const span of [...spans, ...later]) {
          const id = span.traceId + span.spanId;
          const known = kept.get(id);
          const counts =
            !known ||
            span.version > known.version ||
            (span.version === known.version && span.start > known.start);
          if (counts) kept.set(id, span);
        }
        const expected = Map.groupBy(kept.values(), ({ traceId }) => traceId);
        for (const [traceId, members] of expected) {
          const found = await storeReads(store, project).traceStructure(traceId);
          expect(found?.trace).toEqual(summaryOf(members));
          expect(found?.structure.total).toBe(members.length);
        }
        await rebuildAll();
        const wide = { from: micros(FROM - 6 * hour), to: micros(FROM + 20 * hour) };
        const listed = await allPages(project, { ...noFilter, ...wide, limit: 5 }, hour, 0);
        expect(listed).toEqual([...expected.values()].map(summaryOf).sort(newestFirst));
        const facet = await readFacet(
          { store, project, graceSeconds: 0 },
          { ...wide, ...noSpanFilter, field: 'kind', limit: 10 },
        );
        expect(facet.values.reduce((sum, { spans }) => sum + spans, 0)).toBe(kept.size);
      }),
      { numRuns: 4 },
    );
  });
});

describe('charts and facets', () => {
  const step = micros(2 * hour);

  /** The same figures, counted one by one. */
  function expectedSeries(traces: readonly StoredSpan[][], value: string | null, starts: readonly number[]) {
    const counted = new Set(
      traces.flatMap((spans) => [...countedOf(spans)].map((id) => `${spans[0]?.traceId}${id}`)),
    );
    const spans = traces.flat().filter(({ agent }) => agent === value);
    const at = (start: number) => spans.filter((span) => span.start >= start && span.start < start + step);
    const callsAt = (start: number) => at(start).filter((span) => counted.has(span.traceId + span.spanId));
    const sum = (values: (number | null)[]) =>
      values.reduce<number | null>((total, one) => (one === null ? total : (total ?? 0) + one), null);
    return {
      value,
      spans: starts.map((start) => at(start).length),
      errors: starts.map((start) => at(start).filter(({ status }) => status === 'error').length),
      calls: starts.map((start) => callsAt(start).length),
      unpricedCalls: starts.map((start) => callsAt(start).filter(({ cost }) => cost === null).length),
      unmeteredCalls: starts.map((start) => callsAt(start).filter(({ usage }) => usage === null).length),
      cost: starts.map((start) => sum(callsAt(start).map(({ cost }) => cost))),
      input: starts.map((start) => sum(callsAt(start).map(({ usage }) => usage?.input ?? null))),
      slowest: starts.map((start) => at(start).map(({ duration }) => duration)),
    };
  }

  async function expectExact(project: string, traces: readonly StoredSpan[][], graceSeconds: number) {
    const deps = { store, project, graceSeconds };
    const chart = await readChart(deps, { ...wholeWindow, ...noSpanFilter, by: 'agent', step });
    const values = [...new Set(traces.flat().map(({ agent }) => agent))].sort();
    expect(chart.series.map(({ value }) => value).sort()).toEqual(values);
    for (const series of chart.series) {
      const expected = expectedSeries(traces, series.value, chart.starts);
      const { slowest, input, ...counts } = expected;
      expect(series).toMatchObject(counts);
      expect(series.usage.input).toEqual(input);
      for (const [place, durations] of slowest.entries()) expectPercentiles(series, place, durations);
    }
    const facet = await readFacet(deps, { ...wholeWindow, ...noSpanFilter, field: 'agent', limit: 10 });
    expect(Object.fromEntries(facet.values.map(({ value, spans }) => [value, spans]))).toEqual(
      Object.fromEntries(
        values.map((value) => [value, traces.flat().filter(({ agent }) => agent === value).length]),
      ),
    );
    expect(facet.distinct).toBe(values.length);
  }

  /** Of the median and the 95th percentile it is enough that one of the neighbouring spans lasted so long. */
  function expectPercentiles(series: ChartSeries, place: number, durations: readonly number[]) {
    for (const told of [series.p50[place], series.p95[place]]) {
      if (durations.length === 0) expect(told).toBeNull();
      else {
        const near = durations.some((duration) => {
          const lasted = Math.max(1, duration);
          return Math.abs((told ?? 0) - lasted) <= lasted * LATENCY_ERROR * 1.001 + 1;
        });
        expect(near).toBe(true);
      }
    }
  }

  it('are exact before and after hours are rebuilt, whatever is delivered in between', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, deliveries, async (one, two) => {
        const project = newProject();
        await deliver(project, one.stale, one.traces.flat(), one.again);
        await expectExact(project, one.traces, 60);
        await rebuildAll();
        await expectExact(project, one.traces, 0);
        const ids = new Set(one.traces.map((spans) => spans[0]?.traceId));
        const added = two.traces.filter((spans) => !ids.has(spans[0]?.traceId));
        await deliver(
          project,
          two.stale.filter((span) => !ids.has(span.traceId)),
          added.flat(),
          one.again,
        );
        await expectExact(project, [...one.traces, ...added], 0);
        await rebuildAll();
        await dropReplacedBuilds({ store }, Date.now() + hour);
        await expectExact(project, [...one.traces, ...added], 0);
      }),
      { numRuns: 2 },
    );
  });
});
