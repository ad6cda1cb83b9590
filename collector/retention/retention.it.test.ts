import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tablesThat } from '../store/tables.ts';
import { startTestClickHouse, type TestClickHouse } from '../testing/start-clickhouse.ts';
import { lastPass } from './clock.ts';
import { openRetention } from './retention.ts';
import { RetentionConfig } from './retention-config.ts';

let clickHouse: TestClickHouse;
beforeAll(async () => {
  clickHouse = await startTestClickHouse();
});
afterAll(() => clickHouse?.close());

const day = 86_400_000;
const now = Date.now();
const { signal } = new AbortController();

beforeEach(async () => {
  for (const table of tablesThat(({ role, ages }) => ages !== null || role === 'ledger')) {
    if (table !== 'schema_migrations') await clickHouse.store.command(`TRUNCATE TABLE ${table}`);
  }
});

const numbers = z.object({ value: z.int() });
async function ask(sql: string): Promise<number> {
  const [value = 0] = await clickHouse.store.rows(
    { sql: `SELECT toInt64(${sql}) AS value`, columns: numbers, toValue: (row) => row.value },
    {},
  );
  return value;
}
const rowsOf = (table: string, where = '1') => ask(`(SELECT count() FROM ${table} WHERE ${where})`);
const bytesOf = (table: string) =>
  ask(
    `(SELECT sum(bytes_on_disk) FROM system.parts WHERE database = currentDatabase() AND table = '${table}' AND active)`,
  );

/** Spans with a kilobyte of text each, over a day that lies so many days back; written then unless `late`. */
async function write(project: string, daysAgo: number, rows: number, { late = false } = {}): Promise<void> {
  const from = Math.floor((now - daysAgo * day) / day) * 86_400;
  const at = `toDateTime(${from} + number % 1440 * 60, 'UTC')`;
  const keys = `'${project}' AS project, ${at} AS bucket, randomFixedString(16) AS trace_id, randomFixedString(8) AS span_id`;
  await clickHouse.store.command(
    `INSERT INTO spans (project, bucket, trace_id, span_id, start) SELECT ${keys}, ${at} FROM numbers(${rows})`,
  );
  await clickHouse.store.command(
    `INSERT INTO span_payloads (project, bucket, trace_id, span_id, attributes)
     SELECT ${keys}, map('text', randomPrintableASCII(1000)) FROM numbers(${rows})`,
  );
  if (late) return;
  await clickHouse.store.command(
    `INSERT INTO span_hours (project, hour, build) SELECT DISTINCT project, toStartOfHour(bucket), 1 FROM spans`,
  );
  await clickHouse.store.command('TRUNCATE TABLE span_hour_marks');
  await clickHouse.store.command(
    `INSERT INTO span_hour_marks SELECT DISTINCT project, toStartOfHour(bucket), toStartOfHour(bucket) FROM spans`,
  );
}

function open(config: object, at = now, log: string[] = []) {
  return openRetention({
    store: clickHouse.store,
    config: RetentionConfig.parse(config),
    log: (_event, line) => log.push(line),
    now: () => at,
    signal,
  });
}

describe('retention', () => {
  it('frees the disk of whole months, and keeps what is young enough', async () => {
    await write('default', 200, 4000);
    await write('default', 100, 4000);
    await write('default', 1, 1000);
    const before = { payloads: await bytesOf('span_payloads'), spans: await bytesOf('spans') };
    const retention = open({ payloads: 90, spans: 150 });
    const { past, held } = await retention.plan('default');
    expect(past.map(({ table, rows }) => [table, rows])).toEqual([
      ['spans', 4000],
      ['span_payloads', 8000],
    ]);
    expect([held, await rowsOf('spans')]).toEqual([0, 9000]);

    const lines: string[] = [];
    await open({ payloads: 90, spans: 150 }, now, lines).run(false);
    expect(lines.join('\n')).toMatch(
      /^removed 8000 rows of span_payloads past their age, from 20\d\d-\d\d-\d\d to/m,
    );
    expect([await rowsOf('spans'), await rowsOf('span_payloads')]).toEqual([5000, 1000]);
    expect(await rowsOf('trace_minutes')).toBe(5000);
    expect(await rowsOf('span_hours', `hour < toDateTime(${Math.floor((now - 150 * day) / 1000)})`)).toBe(0);
    const after = { payloads: await bytesOf('span_payloads'), spans: await bytesOf('spans') };
    expect(after.payloads).toBeLessThan(before.payloads / 8);
    expect(after.spans).toBeLessThan(before.spans * 0.6);
    // About what the plan said.
    const told = past.find(({ table }) => table === 'span_payloads')?.bytes ?? 0;
    expect(told / (before.payloads - after.payloads)).toBeCloseTo(1, 1);
    expect((await retention.plan('default')).past).toEqual([]);
    // The words of the hours that lost their text are gathered again.
    expect(await rowsOf('log_hour_marks')).toBe(24);
  });

  it('frees it too where projects share a month and keep differently', async () => {
    await write('brief', 100, 3000);
    await write('default', 100, 1000);
    const before = await bytesOf('span_payloads');
    const config = { spans: 150, projects: { brief: { spans: 30 } } };
    expect((await open(config).plan('default')).past).toEqual([]);
    expect((await open(config).plan('brief')).past.map(({ rows }) => rows)).toEqual([3000, 3000]);
    await open(config).run(false);
    for (const table of ['spans', 'span_payloads']) {
      expect(await rowsOf(table, "project = 'brief'")).toBe(0);
      expect(await rowsOf(table, "project = 'default'")).toBe(1000);
    }
    expect(await bytesOf('span_payloads')).toBeLessThan(before * 0.3);
  });

  it('holds back what came of late with a time long past, and tells of what lies in the future', async () => {
    await write('default', 200, 10, { late: true });
    await write('default', -300, 20, { late: true });
    const retention = open({ spans: 90 });
    expect(await retention.plan('default')).toEqual({ past: [], held: 20, ahead: 40 });
    await retention.run(false);
    expect(await rowsOf('spans')).toBe(30);
    // A week later nothing holds it.
    const later = open({ spans: 90 }, now + 8 * day);
    expect((await later.plan('default')).past.map(({ rows }) => rows)).toEqual([10, 10]);
    await later.run(true);
    expect(await rowsOf('spans')).toBe(20);
  });

  it('does nothing by a clock that has leapt, unless a person says that it is right', async () => {
    await write('default', 10, 10);
    const config = { spans: 90 };
    await expect(open(config, now + 200 * day).run(false)).rejects.toMatchObject({ code: 'CLOCK_UNSURE' });
    expect(await rowsOf('spans')).toBe(10);
    await clickHouse.store.command(`INSERT INTO retention_passes (at) VALUES (now() - 40 * 86400)`);
    await expect(open(config).run(false)).rejects.toThrow(/but data was last removed on/);
    await open(config).run(true);
    expect(now - (await lastPass(clickHouse.store))).toBeLessThan(2 * day);
    await open(config).run(false);
  });

  it('passes once a day', async () => {
    let clock = now;
    const retention = openRetention({
      store: clickHouse.store,
      config: RetentionConfig.parse({ spans: 90 }),
      log: () => {},
      now: () => clock,
      signal,
    });
    const passes = () => rowsOf('retention_passes');
    for (const expected of [1, 1]) {
      await retention.pass();
      expect(await passes()).toBe(expected);
    }
    clock += day;
    await retention.pass().catch(() => {});
    expect(await passes()).toBe(2);
  });

  it('takes off the disk what somebody had deleted', async () => {
    await write('default', 1, 1000);
    await clickHouse.store.command("DELETE FROM span_payloads WHERE endsWith(hex(span_id), '0')");
    await clickHouse.store.command(
      "INSERT INTO tombstones (project, kind, id, version, state) VALUES ('default', 'subject', 'ann', 1, 'hidden')",
    );
    const masked = `SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = 'span_payloads' AND active AND has_lightweight_delete`;
    expect(await ask(`(${masked})`)).toBeGreaterThan(0);
    await open({}).run(false);
    expect(await ask(`(${masked})`)).toBe(0);
    expect(await rowsOf('tombstones', "state = 'erased'")).toBe(1);
  });
});
