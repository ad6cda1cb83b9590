/**
 * Ten minutes of load while the machine fails: ClickHouse is killed, the disk is full, the disk is slow, the clock is an
 * hour ahead, in turn. Is anything lost that was acknowledged, does the memory grow, does the collector recover unaided?
 *
 *   npm run bench -- soak [--minutes 10] [--rate 5000]
 *
 * The disk is a small one in memory, filled to its last byte for the collector and ClickHouse; slow is each sync of the
 * collector's by 250 ms; the clock is the collector's. Linux only, where users may have namespaces.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { allStored } from '../collector/testing/crash-rounds.ts';
import { spansPerTrace } from './agent-spans.ts';
import { benchOptions, quantile, report } from './report.ts';
import { type FaultyCollector, startFaultyCollector } from './soak/collector-on-small-disk.ts';
import { exportSpans, type Sent } from './soak/exporter.ts';

const options = benchOptions(process.argv);
const minutes = options.number('minutes') ?? (options.short ? 1 : 10);
const rate = options.number('rate') ?? 5000;
/** A fault, and the time until the next. */
const turnMillis = (minutes * 60_000) / 10;
const faultMillis = turnMillis / 3;
const pauseMillis = 100;

const faults: Record<string, (collector: FaultyCollector) => () => void> = {
  'ClickHouse killed': (collector) => {
    collector.killClickHouse();
    return () => {};
  },
  'disk full': (collector) => collector.fillDisk(),
  'disk slow': (collector) => {
    collector.suffer({ syncMillis: 250 });
    return () => collector.suffer({ syncMillis: 0 });
  },
  'clock an hour ahead': (collector) => {
    collector.suffer({ clockMillis: 3_600_000 });
    return () => collector.suffer({ clockMillis: 0 });
  },
};

/** Spans of acknowledged traces that a table lacks, and those that readers see twice. */
async function counted(collector: FaultyCollector, table: string, sent: Sent) {
  const rows = await collector.query(
    `SELECT lower(hex(trace_id)), count(), uniqExact(span_id) FROM ${table} FINAL GROUP BY trace_id FORMAT TSV`,
  );
  const different = new Map<string, number>();
  let doubled = 0;
  for (const row of rows.trimEnd().split('\n')) {
    const [traceId = '', seen, unlike] = row.split('\t');
    different.set(traceId, Number(unlike));
    doubled += Number(seen) - Number(unlike);
  }
  let lost = 0;
  for (const traceId of sent.acknowledged) lost += spansPerTrace - (different.get(traceId) ?? 0);
  return { lost, doubled };
}

const collector = await startFaultyCollector();
const sent: Sent = {
  acknowledged: new Set(),
  requests: 0,
  refused: new Map(),
  lastAcknowledged: performance.now(),
};
const over = new AbortController();
const exporting = exportSpans(collector.url, rate, sent, over.signal);
const memory: { collector: number; clickHouse: number | null }[] = [];
const watching = (async () => {
  for (; !over.signal.aborted; await sleep(1000)) memory.push(collector.memory());
})();

const recoveries: number[] = [];
for (let turn = 0; turn < 9; turn++) {
  await sleep(turnMillis - faultMillis);
  const [name = '', inflict] = Object.entries(faults)[turn % Object.keys(faults).length] ?? [];
  const before = sent.acknowledged.size;
  const logged = collector.log.length;
  const cure = inflict?.(collector);
  await sleep(faultMillis);
  cure?.();
  const cured = performance.now();
  while (sent.lastAcknowledged < cured) await sleep(pauseMillis);
  recoveries.push((sent.lastAcknowledged - cured) / 1000);
  const taken = (sent.acknowledged.size - before) * spansPerTrace;
  console.log(
    `  ${name}: ${taken} spans acknowledged meanwhile, the next ${recoveries.at(-1)?.toFixed(2)} s after`,
  );
  for (const line of new Set(collector.log.slice(logged))) console.error(`    ${line.slice(0, 200)}`);
}
await sleep(turnMillis);
over.abort();
await exporting;
await watching;
const ended = performance.now();
const quarantined = await allStored(collector.url);
const settled = (performance.now() - ended) / 1000;
const tables = await Promise.all(['spans', 'span_payloads'].map((table) => counted(collector, table, sent)));
await collector.close();

/** Megabytes that were held in the middle, over a part of the time. */
function held(whose: 'collector' | 'clickHouse', from: number, to: number): number {
  const some = memory.slice(Math.floor(memory.length * from), Math.ceil(memory.length * to));
  return (
    quantile(
      some.flatMap((sample) => sample[whose] ?? []),
      0.5,
    ) / 1e6
  );
}
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const refused = [...sent.refused].map(([status, times]) => `${times} x ${status || 'no answer'}`);
console.log(`  ${sent.requests} requests, not acknowledged: ${refused.join(', ') || 'none'}`);
report('soak', [
  { name: 'spans acknowledged', value: sent.acknowledged.size * spansPerTrace, unit: 'spans' },
  { name: 'lost', value: sum(tables.map(({ lost }) => lost)), unit: 'spans', bar: 0 },
  { name: 'doubled', value: sum(tables.map(({ doubled }) => doubled)), unit: 'spans', bar: 0 },
  { name: 'files in quarantine', value: quarantined, unit: '', bar: 0 },
  { name: 'fault over to next acknowledgement, longest', value: Math.max(...recoveries), unit: 's' },
  { name: 'load over to all stored', value: settled, unit: 's' },
  { name: "collector's memory, first third", value: held('collector', 0.1, 0.4), unit: 'MB' },
  { name: "collector's memory, last third", value: held('collector', 0.7, 1), unit: 'MB' },
  {
    name: 'last third / first, collector',
    value: held('collector', 0.7, 1) / held('collector', 0.1, 0.4),
    unit: '',
    bar: 1.15,
  },
  { name: "ClickHouse's memory, first third", value: held('clickHouse', 0.1, 0.4), unit: 'MB' },
  { name: "ClickHouse's memory, last third", value: held('clickHouse', 0.7, 1), unit: 'MB' },
]);
