import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '../collector/store/embedded-clickhouse.ts';
import { openDatabase } from '../collector/store/open-database.ts';
import type { Store } from '../collector/store/store.ts';
import { storeReleaseData } from '../collector/testing/release-data.ts';
import { startTestCollector, type TestCollector } from '../collector/testing/start-test-collector.ts';
import { TRANSFER_TABLES } from '../collector/transfer/transfer.ts';
import { exportData, importData } from './export.ts';
import { ExportManifest } from './export-manifest.ts';

let root: string;
let clickHouse: EmbeddedClickHouse;
let one: TestCollector;
let other: TestCollector;
let from: Store;
let into: Store;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  root = mkdtempSync(join(tmpdir(), 'rehearse-export-'));
  clickHouse = await startEmbeddedClickHouse({ directory: join(root, 'server'), onCrash: () => {} });
  one = await startTestCollector({ clickhouseUrl: `${clickHouse.url}/one` });
  other = await startTestCollector({ clickhouseUrl: `${clickHouse.url}/other` });
  from = await openDatabase(`${clickHouse.url}/one`);
  into = await openDatabase(`${clickHouse.url}/other`);
  await storeReleaseData(from);
  // What neither form may lose: bytes that are no text, keys that are there twice, numbers at their ends.
  await from.command(`INSERT INTO span_payloads (trace_id, bucket, span_id, version, attributes, events)
    VALUES (unhex('ff000000000000000000000000000abc'), '2026-11-22 12:00:00', unhex('00ff000000000001'), 18446744073709551615,
      map('a', '1', 'a', '"2\\n', 'é', 'x\\0y'), 'not \\xff UTF-8')`);
  await from.command(`INSERT INTO spans (trace_id, bucket, span_id, version, start, duration, kind, cost)
    VALUES (unhex('ff000000000000000000000000000abc'), '2026-11-22 12:00:00', unhex('00ff000000000001'), 18446744073709551615,
      fromUnixTimestamp64Nano(1795348800123456789), -9223372036854775807, 'llm', NULL)`);
  await from.command(`INSERT INTO metric_points (name, bucket, time, hash, value, bounds)
    VALUES ('odd', '2026-11-22 12:00:00', '2026-11-22 12:00:00.123456789', 1, nan, [-inf, 0.1, inf])`);
});
afterAll(async () => {
  await one?.close();
  await other?.close();
  await from?.close();
  await into?.close();
  await clickHouse?.close();
  rmSync(root, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const { signal } = new AbortController();
const digest = z.object({ rows: z.int(), hash: z.string() });

/** Of every row of what was received, whatever its order. */
async function digests(store: Store): Promise<object> {
  const found: Record<string, unknown> = {};
  for (const table of TRANSFER_TABLES) {
    const sql = `SELECT count() AS rows, toString(sum(cityHash64(toString(tuple(*))))) AS hash FROM ${table} FINAL`;
    [found[table]] = await store.rows({ sql, columns: digest, toValue: (row) => row }, {});
  }
  return found;
}

describe.each(['parquet', 'jsonl'] as const)('an export as %s', (format) => {
  it('is exact in another store, however often it is imported', async () => {
    const out = join(root, format);
    const whole = { data: root, out, format, signal };
    await exportData({ ...whole, url: one.url });
    for (const table of TRANSFER_TABLES) await into.command(`TRUNCATE TABLE ${table}`);
    const before = await digests(from);
    for (let time = 0; time < 2; time++) {
      await importData({ directory: out, data: root, url: other.url, signal });
      expect(await digests(into)).toEqual(before);
    }
    // What follows from spans is made anew.
    const { status } = await fetch(`${other.url}/api/traces/${'1'.padStart(32, '0')}`);
    expect(status).toBe(200);
    await expect(exportData({ ...whole, url: one.url })).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('an export', () => {
  it('keeps to a window and to tables', async () => {
    const out = join(root, 'part');
    const day = Date.UTC(2026, 10, 23) / 1000;
    await exportData({
      data: root,
      url: one.url,
      out,
      format: 'jsonl',
      from: day,
      tables: ['outcomes'],
      signal,
    });
    const manifest = ExportManifest.parse(JSON.parse(readFileSync(join(out, 'export.json'), 'utf8')));
    expect(manifest.tables.map(({ table }) => table)).toEqual(['outcomes']);
    expect(
      readFileSync(join(out, 'outcomes.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['replied-1']);
    const wrong = { data: root, url: one.url, out: join(root, 'no'), format: 'jsonl' as const, signal };
    await expect(exportData({ ...wrong, tables: ['words'] })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('that is not what it was is refused whole', async () => {
    appendFileSync(join(root, 'part', 'outcomes.jsonl'), '{}\n');
    const options = { directory: join(root, 'part'), data: root, url: other.url, signal };
    await expect(importData(options)).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
    await expect(importData({ ...options, directory: root })).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_MISSING',
    });
  });
});
