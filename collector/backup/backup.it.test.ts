import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { startCollector } from '../server.ts';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import { TABLES, tablesThat } from '../store/tables.ts';
import { attributes, exampleSpan, NOON } from '../testing/example-span.ts';
import { JSON_LOG, JSON_POINT, logsRequest, metricsRequest } from '../testing/signal-requests.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';
import { BackupManifest } from './backup-manifest.ts';
import { restoreBackup } from './restore-backup.ts';

let root: string;
let clickHouse: EmbeddedClickHouse;
let collector: TestCollector;
let store: Store;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'rehearse-backup-'));
  // The collector's backups may be written by this server, as by one of a user's own.
  clickHouse = await startEmbeddedClickHouse({
    directory: join(root, 'server'),
    settings: { 'backups.allowed_path': tmpdir() },
    onCrash: () => {},
  });
  collector = await startTestCollector({ clickhouseUrl: clickHouse.url });
  store = await openDatabase(clickHouse.url);
  await fill();
});
afterAll(async () => {
  await collector?.close();
  await store?.close();
  await clickHouse?.close();
  rmSync(root, { recursive: true, force: true });
});

const hex = (value: number, bytes: number) => value.toString(16).padStart(bytes * 2, '0');

function traceOf(number: number): OtlpSpan[] {
  return [0, 1, 2].map((index) =>
    exampleSpan({
      traceId: hex(number, 16),
      spanId: hex(index + 1, 8),
      startTimeUnixNano: NOON + BigInt(number) * 1_000_000_000n,
      attributes: attributes({ 'gen_ai.operation.name': 'chat', text: `"${number}"\n\u00e9 日本` }),
    }),
  );
}

async function post(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${collector.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

/** Something in every table. */
async function fill(): Promise<void> {
  await collector.sendSpans(Array.from({ length: 40 }, (_, number) => traceOf(number + 1)).flat());
  await post('/v1/logs', logsRequest({ ...JSON_LOG, traceId: hex(1, 16) }, JSON_LOG));
  await post('/v1/metrics', metricsRequest({ name: 'calls', gauge: { dataPoints: [JSON_POINT] } }));
  await post('/v1/outcomes', {
    id: 'one',
    type: 'sent',
    subject: 'ann',
    occurredAt: '2026-11-20',
    value: 0.1,
  });
  await fetch(`${collector.url}/api/traces/${hex(40, 16)}`, { method: 'DELETE' });
  await collector.settled();
  for (const table of Object.keys(TABLES)) {
    const [rows = 0] = await store.rows(
      {
        sql: `SELECT count() AS rows FROM ${table}`,
        columns: z.object({ rows: z.int() }),
        toValue: (row) => row.rows,
      },
      {},
    );
    if (rows > 0) continue;
    const values = TABLES[table]?.byProject ? "(project) VALUES ('default')" : 'VALUES (now(), 1, 1)';
    await store.command(`INSERT INTO ${table} ${values}`);
  }
}

async function makeBackup(of = collector.url): Promise<string> {
  const answer = await fetch(`${of}/api/backups`, { method: 'POST' });
  const body = z.object({ backup: z.object({ directory: z.string() }) }).parse(await answer.json());
  return body.backup.directory;
}

const digest = z.object({ rows: z.int(), hash: z.string() });
type Digest = z.output<typeof digest>;

/** Of all rows of every table, whatever their order, and whether or not a merge has dropped what was replaced. */
async function digests(of: Store): Promise<Record<string, Digest>> {
  const found: Record<string, Digest> = {};
  for (const table of Object.keys(TABLES)) {
    const sql = `SELECT count() AS rows, concat(toString(sum(cityHash64(toString(tuple(*))))), '/',
      toString(groupBitXor(sipHash64(toString(tuple(*)))))) AS hash FROM ${table}
      SETTINGS final = 1`;
    const [row] = await of.rows({ sql, columns: digest, toValue: (value) => value }, {});
    if (row) found[table] = row;
  }
  return found;
}

/** A backup, and what the store held then: housekeeping may build an hour at any moment, and it is made again. */
async function backupAtRest(): Promise<{ before: Record<string, Digest>; from: string }> {
  for (;;) {
    const before = await digests(store);
    const from = await makeBackup();
    // That it was made is written down afterwards.
    const after = { ...(await digests(store)), audit: before.audit };
    if (isDeepStrictEqual(after, before)) return { before, from };
  }
}

/** The store of a data directory, while nothing else uses it. */
async function withStoreOf<T>(dataDirectory: string, work: (of: Store) => Promise<T>): Promise<T> {
  const server = await startEmbeddedClickHouse({
    directory: join(dataDirectory, 'clickhouse'),
    onCrash: () => {},
  });
  const opened = await openDatabase(server.url);
  try {
    return await work(opened);
  } finally {
    await opened.close();
    await server.close();
  }
}

const restoreInto = (from: string, dataDirectory: string, into = false) =>
  restoreBackup({ from, dataDirectory, into, log: () => {} });

describe('a backup', () => {
  it('gives every row of every table back, and the store works', async () => {
    const { before, from } = await backupAtRest();
    expect(Object.values(before).every(({ rows }) => rows > 0)).toBe(true);
    const data = join(root, 'restored');
    await restoreInto(from, data);
    expect(await withStoreOf(data, digests)).toEqual(before);

    await expect(restoreInto(from, data)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
    const served = await startCollector({ dataDirectory: data, port: 0 });
    try {
      expect((await fetch(`${served.url}/api/traces/${hex(7, 16)}`)).status).toBe(200);
      expect((await fetch(`${served.url}/api/traces/${hex(40, 16)}`)).status).toBe(404);
      // It can be backed up in its turn, by the ClickHouse of its own.
      const again = await makeBackup(served.url);
      expect(again.startsWith(data)).toBe(true);
    } finally {
      await served.close();
    }
    // Added to itself, whatever was received is there once.
    const source = tablesThat(({ role }) => role === 'source');
    const things = (of: Store) =>
      Promise.all(
        source.map((table) =>
          of.rows(
            {
              sql: `SELECT count() AS rows FROM ${table} FINAL`,
              columns: z.object({ rows: z.int() }),
              toValue: ({ rows }) => rows,
            },
            {},
          ),
        ),
      );
    const once = await withStoreOf(data, things);
    await restoreInto(from, data, true);
    expect(await withStoreOf(data, things)).toEqual(once);
  });

  it('that is made while spans come in has all that was acknowledged before, each with its text', async () => {
    const acknowledged: number[] = [];
    let sending = true;
    let next = 1000;
    const sender = async () => {
      while (sending) {
        const number = next++;
        if ((await collector.send(encodeTraceRequest(traceOf(number)))).status === 200)
          acknowledged.push(number);
      }
    };
    const senders = [sender(), sender()];
    while (acknowledged.length < 30) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = [...acknowledged];
    const from = await makeBackup();
    sending = false;
    await Promise.all(senders);
    const manifest = BackupManifest.parse(JSON.parse(readFileSync(join(from, 'backup.json'), 'utf8')));
    expect(readdirSync(join(from, 'segments')).toSorted()).toEqual(manifest.segments.map(({ file }) => file));

    const data = join(root, 'loaded');
    await restoreInto(from, data);
    const served = await startCollector({ dataDirectory: data, port: 0 });
    await served.settled();
    await served.close();
    const traces = z.object({ trace: z.string(), spans: z.int() });
    const count = (of: Store, table: string) =>
      of.rows(
        {
          sql: `SELECT lower(hex(trace_id)) AS trace, count() AS spans FROM ${table} FINAL GROUP BY trace_id ORDER BY trace`,
          columns: traces,
          toValue: ({ trace, spans }) => [trace, spans] as const,
        },
        {},
      );
    await withStoreOf(data, async (of) => {
      const spans = new Map(await count(of, 'spans'));
      const wrong = before.filter((number) => spans.get(hex(number, 16)) !== 3);
      expect([before.length >= 30, wrong]).toEqual([true, []]);
      // What came during the backup is there whole or not at all.
      expect(await count(of, 'span_payloads')).toEqual([...spans]);
      expect((await count(of, 'trace_minutes')).map(([trace]) => trace)).toEqual([...spans.keys()]);
    });
  });

  it('is refused where it is not whole, or of a newer Rehearse', async () => {
    const from = await makeBackup();
    const copy = join(root, 'copy');
    cpSync(from, copy, { recursive: true });
    const manifest = BackupManifest.parse(JSON.parse(readFileSync(join(copy, 'backup.json'), 'utf8')));
    const put = (changed: object) => writeFileSync(join(copy, 'backup.json'), JSON.stringify(changed));

    put({ ...manifest, schema: manifest.schema + 1 });
    await expect(restoreInto(copy, join(root, 'none'))).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' });
    writeFileSync(join(copy, 'segments', 'a.segment'), 'a');
    put({ ...manifest, segments: [{ file: 'a.segment', bytes: 1, sha256: '0' }] });
    await expect(restoreInto(copy, join(root, 'none'))).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
    appendFileSync(join(copy, 'backup.json'), '}');
    await expect(restoreInto(copy, join(root, 'none'))).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
    await expect(restoreInto(root, join(root, 'none'))).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  });
});
