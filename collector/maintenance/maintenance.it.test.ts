import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { priceBook } from '../../domain/price-book.ts';
import { MAPPER_VERSION } from '../dialects/derive-canonical.ts';
import { SpanBatch } from '../ingest/span-batch.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import { attributes, exampleSpan } from '../testing/example-span.ts';
import { startTestClickHouse, type TestClickHouse } from '../testing/start-clickhouse.ts';
import { type MaintenanceEvent, openMaintenance } from './maintenance.ts';

const source = 'simulated';
const dear = priceBook([{ model: 'm', from: '2000-01-01', input: 2, output: 4, source }]);
const cheap = priceBook([{ model: 'm', from: '2001-01-01', input: 1, output: 2, source }]);
const window = { from: 0, to: 2 ** 32 - 1, all: false };
const project = DEFAULT_PROJECT;

let clickHouse: TestClickHouse;
beforeAll(async () => {
  clickHouse = await startTestClickHouse();
  await deliver();
});
afterAll(() => clickHouse?.close());

const call = (id: string, minutes = 0) =>
  exampleSpan({
    spanId: id.repeat(16),
    startTimeUnixNano: 1_760_000_000_000_000_000n + BigInt(minutes) * 60_000_000_000n,
    endTimeUnixNano: 1_760_000_001_000_000_000n + BigInt(minutes) * 60_000_000_000n,
    attributes: attributes({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'm',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 10,
    }),
  });
const spans = [call('a'), call('b', 90), exampleSpan({ spanId: 'c'.repeat(16) })];

/** As the ingest path does. */
async function deliver(prices = dear) {
  const batch = new SpanBatch({ prices });
  batch.addTraces(encodeTraceRequest(spans), DEFAULT_PROJECT);
  for (const { table, bytes } of batch.encode()) {
    const blocks = (async function* () {
      yield bytes;
    })();
    await clickHouse.store.insertBlocks(table, blocks, { token: null, signal: new AbortController().signal });
  }
}

async function run(task: 'remap' | 'reprice', prices = dear, options: Partial<typeof window> = {}) {
  const maintenance = openMaintenance({ store: clickHouse.store, prices, project });
  const events: MaintenanceEvent[] = [];
  for await (const event of maintenance.run(task, { ...window, ...options }, new AbortController().signal)) {
    events.push(event);
  }
  return events.at(-1);
}

async function stored(sql: string) {
  const rows = await clickHouse.sql.run({
    project,
    sql,
    format: 'json',
    limit: 100,
    signal: new AbortController().signal,
  });
  return (await text(rows))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
const prices = () => stored("SELECT price, cost_usd AS usd FROM spans WHERE call = 'call' ORDER BY start");
const everything = () => stored('SELECT * EXCEPT trace_key FROM spans ORDER BY span_id');
const dearPrice = { price: 'm@2000-01-01', usd: 0.00204 };
const cheapPrice = { price: 'm@2001-01-01', usd: 0.00102 };

describe('reprice', () => {
  it('puts the prices of now on what is stored, and says what it cost before and after', async () => {
    expect(await prices()).toEqual([dearPrice, dearPrice]);
    expect(await run('reprice', cheap)).toMatchObject({
      kind: 'done',
      read: 2,
      written: 2,
      before: { spans: 3, calls: 2, usd: 0.00408 },
      after: { spans: 3, calls: 2, usd: 0.00204 },
    });
    expect(await prices()).toEqual([cheapPrice, cheapPrice]);
  });

  it('changes nothing where nothing is to be changed', async () => {
    expect(await run('reprice', cheap)).toMatchObject({ read: 2, written: 0 });
  });

  it('stays after a merge, and holds against an older delivery that comes again', async () => {
    await deliver(cheap);
    await clickHouse.store.command('OPTIMIZE TABLE spans FINAL');
    expect(await prices()).toEqual([cheapPrice, cheapPrice]);
  });

  it('goes back and forth, though the same rows were stored before', async () => {
    for (const [book, price] of [
      [dear, dearPrice],
      [cheap, cheapPrice],
      [dear, dearPrice],
    ] as const) {
      await run('reprice', book);
      expect(await prices()).toEqual([price, price]);
    }
  });

  it('leaves alone what does not start in the window', async () => {
    await run('reprice', cheap, { from: 1_760_000_000 + 3600 });
    expect(await prices()).toEqual([dearPrice, cheapPrice]);
    await run('reprice', dear);
  });

  it('takes the price away where there is none any more', async () => {
    const { after } = (await run('reprice', () => null)) as { after: object };
    expect(after).toMatchObject({ calls: 2, unpriced: 2, usd: null });
    expect(await prices()).toEqual([
      { price: null, usd: null },
      { price: null, usd: null },
    ]);
    await run('reprice', dear);
  });
});

describe('remap', () => {
  it('makes of what is stored what it made on arrival', async () => {
    const before = await everything();
    expect(await run('remap', dear, { all: true })).toMatchObject({ kind: 'done', read: 3, written: 3 });
    expect(await everything()).toEqual(before);
    await clickHouse.store.command('OPTIMIZE TABLE spans FINAL');
    expect(await everything()).toEqual(before);
  });

  it('reads again what an older mapper has read, and that only', async () => {
    const before = await everything();
    await clickHouse.store.command(
      `INSERT INTO spans SETTINGS insert_deduplicate = 0
       SELECT * REPLACE (0 AS mapper_version, 'other' AS kind, 'none' AS call) FROM spans FINAL WHERE span_id = unhex('${'a'.repeat(16)}')`,
    );
    expect(await run('remap')).toMatchObject({
      read: 1,
      written: 1,
      before: { calls: 1, mappers: [0, MAPPER_VERSION] },
      after: { calls: 2, mappers: [MAPPER_VERSION] },
    });
    expect(await everything()).toEqual(before);
    expect(await run('remap')).toMatchObject({ read: 0, written: 0 });
  });
});

describe('maintenance', () => {
  it('runs one task at a time, and is free again when the task is left', async () => {
    const maintenance = openMaintenance({ store: clickHouse.store, prices: dear, project });
    const { signal } = new AbortController();
    const first = maintenance.run('reprice', window, signal);
    await first.next();
    await expect(maintenance.run('remap', window, signal).next()).rejects.toMatchObject({
      code: 'MAINTENANCE_RUNNING',
    });
    await first.return(undefined);
    expect((await maintenance.run('remap', window, signal).next()).value).toMatchObject({ kind: 'began' });
  });
});
