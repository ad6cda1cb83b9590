/**
 * What reading costs, from a million spans to many: the real reads over HTTP, each over many different picks.
 *
 *   npm run bench -- query [--spans 100000000] [--kept <data directory to go on with>]
 *
 * The spans are made up inside ClickHouse: agents with models and tools over thirty days, and some of other projects
 * between them. 100 million need some 10 GB and, on two idle cores, some twenty minutes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { rebuildHours } from '../collector/housekeeping/rebuild-hours.ts';
import { NO_TRACE_FILTER as noTraceFilter } from '../collector/no-trace-filter.ts';
import { prettyLog } from '../collector/observe/log.ts';
import { GRACE_SECONDS } from '../collector/plan-hours.ts';
import type { SpanFilter, TraceFilter } from '../collector/reads.ts';
import { openClickHouse } from '../collector/store/open-clickhouse.ts';
import type { Query } from '../collector/store/query.ts';
import { storeReads } from '../collector/store-reads.ts';
import { TraceId } from '../domain/ids.ts';
import { micros } from '../domain/units.ts';
import { addSpans, DATA, sizesUpTo } from './query/data.ts';
import { seeded, type Timing, timeEach } from './query/measure.ts';
import { benchOptions, report } from './report.ts';

const options = benchOptions(process.argv);
const spans = options.number('spans') ?? 1_000_000;
const kept = options.text('kept') ?? undefined;
const project = 'bench';
const day = 86_400e6;
const bars = {
  'trace by id': 20,
  'newest 50 traces, two filters, of a week': 100,
  '30-day chart of cost and p95 latency by model': 150,
} as const;

const noFilter: SpanFilter = {
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

const someColumns = z.object({ id: TraceId });
const someTraces: Query<{ project: string; modulus: number; limit: number }, typeof someColumns, TraceId> = {
  sql: `SELECT DISTINCT lower(hex(trace_id)) AS id FROM trace_minutes
    WHERE project = {project:String} AND cityHash64(trace_id) % {modulus:UInt64} = 1 LIMIT {limit:UInt32}`,
  columns: someColumns,
  toValue: (row) => row.id,
};
const sizeColumns = z.object({
  table_name: z.string(),
  stored_rows: z.int(),
  stored_bytes: z.int(),
  parts: z.int(),
});
const sizes: Query<Record<string, never>, typeof sizeColumns, z.output<typeof sizeColumns>> = {
  sql: `SELECT table AS table_name, sum(rows) AS stored_rows, sum(bytes_on_disk) AS stored_bytes, count() AS parts
    FROM system.parts WHERE active AND database = currentDatabase() AND table LIKE '%span%' OR table LIKE 'trace%'
    GROUP BY table ORDER BY table`,
  columns: sizeColumns,
  toValue: (row) => row,
};
const storedColumns = z.object({ stored: z.int() });
const storedSpans: Query<{ project: string }, typeof storedColumns, number> = {
  sql: 'SELECT count() AS stored FROM spans WHERE project = {project:String}',
  columns: storedColumns,
  toValue: (row) => row.stored,
};
const mergeColumns = z.object({ running: z.int() });
const merges: Query<Record<string, never>, typeof mergeColumns, number> = {
  sql: 'SELECT count() AS running FROM system.merges',
  columns: mergeColumns,
  toValue: (row) => row.running,
};

const dataDirectory = kept ?? mkdtempSync(join(tmpdir(), 'rehearse-bench-'));
const clickHouse = await openClickHouse({ dataDirectory, log: prettyLog(console.error) });
const { store } = clickHouse;
const reads = storeReads(store, project);
const results: { size: number; timings: Record<string, Timing> }[] = [];
let stored = (await store.rows(storedSpans, { project }))[0] ?? 0;

for (const size of sizesUpTo(spans).filter((some) => some >= stored)) {
  const began = performance.now();
  const layer = { spans: size - stored, salt: size };
  await addSpans(store, { ...layer, project }, (made) => console.error(`  ${stored + made} spans`));
  await addSpans(store, { project: 'noise', spans: Math.ceil(layer.spans / 50), salt: size }, () => {});
  stored = size;
  const made = seconds(began);
  await settle();
  const rebuilt = performance.now();
  while ((await rebuildHours({ store })) > 0);
  console.error(`  made in ${made} s, hours rebuilt in ${seconds(rebuilt)} s`);
  results.push({ size, timings: await measure(size) });
}
for (const table of await store.rows(sizes, {})) {
  console.error(
    `  ${table.table_name}: ${table.stored_rows} rows, ${Math.round(table.stored_bytes / 1e6)} MB, ${table.parts} parts`,
  );
}
await clickHouse.close();
if (kept === undefined) rmSync(dataDirectory, { recursive: true, force: true });
print();

/** Waits until merges have done what they would have done long ago, and spans count as quiet. */
async function settle(): Promise<void> {
  const deadline = performance.now() + 300_000;
  await sleep(GRACE_SECONDS * 1000 + 1000);
  while (performance.now() < deadline && ((await store.rows(merges, {}))[0] ?? 0) > 0) await sleep(1000);
}

async function measure(size: number): Promise<Record<string, Timing>> {
  const draw = seeded(size);
  const ids = await store.rows(someTraces, { project, modulus: Math.ceil(size / 10 / 200), limit: 200 });
  const windows = Array.from({ length: 60 }, () => {
    const to = micros(DATA.to - draw(20) * day - draw(86_400) * 1e6);
    return { from: micros(to - 7 * day), to };
  });
  const filters = windows.map((window, place): TraceFilter => {
    const agent = `agent-${draw(10)}`;
    const others: Partial<TraceFilter>[] = [
      { status: 'error' },
      { model: ['gpt-5', 'claude-sonnet-5', 'gemini-3-pro'][draw(3)] ?? null },
      { tool: `tool-${draw(20)}` },
    ];
    return { ...noTraceFilter, ...window, agent, ...others[place % 3] };
  });
  const month = { from: micros(DATA.from), to: micros(DATA.to) };
  const charts = Array.from({ length: 30 }, () => ({ ...month, ...noFilter, by: 'model' as const }));
  const step = micros(day);
  return {
    'trace by id': await timeEach(ids, (id) => reads.traceStructure(id)),
    'newest 50 traces of a week': await timeEach(windows, (window) =>
      reads.traces({ ...noTraceFilter, ...window }),
    ),
    'newest 50 traces, two filters, of a week': await timeEach(filters, (filter) => reads.traces(filter)),
    '30-day chart of cost and p95 latency by model': await timeEach(charts, (chart) =>
      reads.chart({ ...chart, step }),
    ),
    '30-day chart by the hour': await timeEach(charts.slice(0, 10), (chart) =>
      reads.chart({ ...chart, step: micros(3600e6) }),
    ),
    '30-day facet of agents': await timeEach(charts.slice(0, 20), () =>
      reads.facet({ ...month, ...noFilter, field: 'agent', limit: 100 }),
    ),
  };
}

function print(): void {
  const names = Object.keys(results[0]?.timings ?? {});
  console.log(`p50 / p95 in ms; load of the machine ${loadavg()[0]?.toFixed(1)}\n`);
  console.log(
    `| read | ${results.map(({ size }) => `${(size / 1e6).toLocaleString('en')} M spans`).join(' | ')} |`,
  );
  console.log(`|---|${results.map(() => '---|').join('')}`);
  for (const name of names) {
    const cells = results.map(({ timings }) => {
      const timing = timings[name];
      return timing ? `${timing.p50.toFixed(1)} / ${timing.p95.toFixed(1)}` : '';
    });
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
  const last = results.at(-1)?.timings ?? {};
  const figures = Object.entries(bars).map(([name, bar]) => {
    return { name: `${name}, p95 at ${spans} spans`, value: last[name]?.p95 ?? Number.NaN, unit: 'ms', bar };
  });
  report('query', figures);
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}
