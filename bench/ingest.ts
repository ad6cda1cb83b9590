/**
 * What a million spans cost: protobuf over HTTP, acknowledged when durable, mapped, both tables written and merged.
 * Processor time of the collector and of ClickHouse together; the load generator is another process. Merges count until
 * none is under way; ClickHouse may put some off, so that one merge of all rows stands beside it. Beside it too: the same
 * with the default redaction rules, and the raw limit, the same rows inserted by ClickHouse from a Native file.
 *
 *   npm run bench -- ingest [--spans 1000000]
 */
import { createReadStream, createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type CollectorProcess, startCollectorProcess } from './collector-process.ts';
import { benchOptions, report } from './report.ts';
import { sendLoad } from './send-load.ts';

const options = benchOptions(process.argv);
const spans = options.number('spans') ?? (options.short ? 200_000 : 1_000_000);
const tables = ['span_payloads', 'spans'];

/** Sends the load and waits until all of it is readable and merged. */
async function ingest(collector: CollectorProcess, count: number) {
  await sendLoad(collector.url, { spans: 20_000 });
  const before = collector.cpu();
  const merged = await rowsMerged(collector);
  const stored = await collector.count('SELECT count() FROM spans');
  const began = performance.now();
  const load = await sendLoad(collector.url, { spans: count });
  await collector.readable(stored + load.spans);
  const seconds = (performance.now() - began) / 1000;
  const inserted = collector.cpu();
  await collector.mergesDone();
  const after = collector.cpu();
  const perMillion = (value: number) => (value * 1e6) / load.spans;
  return {
    rate: load.spans / Math.max(seconds - startSeconds, load.seconds),
    bytesPerSpan: load.bytesPerSpan,
    collector: perMillion(after.collector - before.collector),
    insert: perMillion(inserted.clickHouse - before.clickHouse),
    merge: perMillion(after.clickHouse - inserted.clickHouse),
    passes: ((await rowsMerged(collector)) - merged) / load.spans / tables.length,
  };
}

/** By merges of all tables since the server's start. */
function rowsMerged(collector: CollectorProcess): Promise<number> {
  return collector.count("SELECT sum(value) FROM system.events WHERE event = 'MergedRows'");
}

/** What it costs to merge all rows into one part, a million of them. */
async function mergeAll(collector: CollectorProcess): Promise<number> {
  await collector.mergesDone();
  const rows = await collector.count('SELECT count() FROM spans');
  const before = collector.cpu().clickHouse;
  for (const table of tables) await (await collector.query(`OPTIMIZE TABLE ${table} FINAL`)).text();
  return ((collector.cpu().clickHouse - before) * 1e6) / rows;
}

/** The load generator takes this long to start and to make its requests: not the collector's time. */
const startSeconds = 1;

/** Rows a second when ClickHouse inserts what is stored again, from files in its own format. */
async function rawRate(collector: CollectorProcess): Promise<number> {
  const rows = await collector.count('SELECT count() FROM spans');
  let seconds = 0;
  for (const table of tables) {
    const file = join(collector.directory, `${table}.native`);
    const dump = await collector.query(
      `SELECT * FROM ${table} FORMAT Native SETTINGS max_block_size = 65536`,
    );
    await pipeline(Readable.fromWeb(dump.body as ReadableStream), createWriteStream(file));
    await collector.query(`CREATE TABLE raw_${table} AS ${table}`);
    const began = performance.now();
    const body = Readable.toWeb(createReadStream(file, { highWaterMark: 1 << 20 })) as BodyInit;
    await (
      await collector.query(`INSERT INTO raw_${table} SETTINGS optimize_on_insert = 0 FORMAT Native`, body)
    ).text();
    seconds += (performance.now() - began) / 1000;
    rmSync(file);
  }
  return rows / seconds;
}

const plain = await startCollectorProcess();
const off = await ingest(plain, spans);
const raw = await rawRate(plain);
const wholeMerge = await mergeAll(plain);
const config = join(plain.directory, 'rehearse.config.json');
writeFileSync(config, JSON.stringify({ redaction: 'default' }));
const redacting = await startCollectorProcess({ config });
const on = await ingest(redacting, spans);
await redacting.close();
await plain.close();

console.log(`  ${spans} spans of ${Math.round(off.bytesPerSpan)} bytes`);
report('ingest', [
  { name: 'cost', value: off.collector + off.insert + off.merge, unit: 'CPU s / M spans', bar: 12 },
  { name: 'cost, collector', value: off.collector, unit: 'CPU s / M spans' },
  { name: 'cost, ClickHouse while inserting', value: off.insert, unit: 'CPU s / M spans' },
  { name: 'cost, ClickHouse merging after', value: off.merge, unit: 'CPU s / M spans' },
  { name: 'merges of a row until then', value: off.passes, unit: '' },
  { name: 'cost, merging all into one part besides', value: wholeMerge, unit: 'CPU s / M spans' },
  { name: 'cost, default redaction on', value: on.collector + on.insert + on.merge, unit: 'CPU s / M spans' },
  { name: 'rate', value: off.rate, unit: 'spans/s' },
  { name: 'raw Native insert', value: raw, unit: 'spans/s' },
  { name: 'rate / raw', value: off.rate / raw, unit: '', bar: 0.4, atLeast: true },
]);
