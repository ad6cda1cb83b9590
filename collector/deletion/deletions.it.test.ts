import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Deletion, DeletionTarget } from '../../domain/deletion.ts';
import { AppError } from '../../domain/errors.ts';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { priceBook } from '../../domain/price-book.ts';
import { SpanBatch } from '../ingest/span-batch.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { openSegmentLog } from '../segments/segment-log.ts';
import { startCollector } from '../server.ts';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import { TABLES, tablesThat } from '../store/tables.ts';
import { attributes, exampleSpan, NOON } from '../testing/example-span.ts';
import { JSON_LOG, logsRequest } from '../testing/signal-requests.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';
import { openDeletions } from './deletions.ts';
import { storedTombstones } from './tombstone.ts';
import { openTombstones } from './tombstones.ts';

let directory: string;
let clickHouse: EmbeddedClickHouse;
let collector: TestCollector;
let store: Store;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-deletions-'));
  clickHouse = await startEmbeddedClickHouse({ directory: join(directory, 'server'), onCrash: () => {} });
  collector = await startTestCollector({ clickhouseUrl: `${clickHouse.url}/served` });
  store = await openDatabase(`${clickHouse.url}/served`);
});
afterAll(async () => {
  await collector?.close();
  await store?.close();
  await clickHouse?.close();
  rmSync(directory, { recursive: true, force: true });
});

const project = 'default';
const traceId = (number: number) => number.toString(16).padStart(32, '0');
const minute = 60_000_000_000n;

/** A trace of two spans, of which the second names a user, in two hours. */
function traceOf(number: number, { user = '', trial = '' } = {}): OtlpSpan[] {
  const start = NOON + BigInt(number) * minute;
  return [0, 1].map((index) =>
    exampleSpan({
      traceId: traceId(number),
      spanId: (index + 1).toString(16).padStart(16, '0'),
      startTimeUnixNano: start + BigInt(index) * 70n * minute,
      endTimeUnixNano: start + BigInt(index) * 70n * minute + 1000n,
      attributes: attributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.prompt': `words of trace ${number}`,
        ...(user !== '' && index === 1 ? { 'user.id': user } : {}),
        ...(trial !== '' ? { 'rehearse.trial.id': trial } : {}),
      }),
    }),
  );
}

async function rowsOf(table: string, where = '1', of = store): Promise<number> {
  const [row] = await of.rows(
    {
      sql: `SELECT count() AS rows FROM ${table} WHERE ${where}`,
      columns: z.object({ rows: z.int() }),
      toValue: ({ rows }) => rows,
    },
    {},
  );
  return row ?? 0;
}

/** The tables that hold anything of a trace, whatever its age or build. */
async function tablesOf(number: number, of = store): Promise<string[]> {
  const found: string[] = [];
  for (const table of tablesThat(({ byTrace }) => byTrace)) {
    if ((await rowsOf(table, `trace_id = unhex('${traceId(number)}')`, of)) > 0) found.push(table);
  }
  return found;
}

async function ask(method: string, path: string): Promise<{ status: number; deletion: Deletion }> {
  const answer = await fetch(`${collector.url}${path}`, { method });
  return { status: answer.status, ...((await answer.json()) as { deletion: Deletion }) };
}

async function post(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${collector.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect([answer.status, await answer.json()]).toEqual([200, expect.not.objectContaining({ rejected: 1 })]);
  await collector.settled();
}

const health = async () =>
  z.object({ leftOut: z.int() }).parse(await (await fetch(`${collector.url}/healthz`)).json());

describe('every table', () => {
  it('says whether it is deleted from, in store/tables.ts', async () => {
    const found = await store.rows(
      {
        sql: `SELECT t.name AS name, groupArrayIf(c.name, c.name IN ('project', 'trace_id') AND c.type != 'String') AS columns
          FROM system.tables AS t LEFT JOIN system.columns AS c ON c.database = t.database AND c.table = t.name
          WHERE t.database = currentDatabase() AND t.engine LIKE '%MergeTree' GROUP BY name`,
        columns: z.object({ name: z.string(), columns: z.array(z.string()) }),
        toValue: ({ name, columns }) => [name, columns.toSorted()] as const,
      },
      {},
    );
    const known = Object.entries(TABLES).map(([name, { byProject, byTrace, role }]) => [
      name,
      [
        ...(byProject ? ['project'] : []),
        ...(byTrace || (name === 'outcomes' && role === 'source') ? ['trace_id'] : []),
      ],
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(known));
  });
});

describe('a deleted trace', () => {
  it('is shown before, then gone from every table with its trial, and is taken no more', async () => {
    const trial = 'ab'.repeat(12);
    await collector.sendSpans([...traceOf(1, { trial }), ...traceOf(2)]);
    await post('/v1/logs', logsRequest({ ...JSON_LOG, traceId: traceId(1) }));
    await store.command(`INSERT INTO trials (project, run_id, trial_id) VALUES ('default', 'r', '${trial}')`);

    const preview = await ask('DELETE', `/api/traces/${traceId(1)}?preview=true`);
    expect(preview.deletion).toEqual({
      kind: 'trace',
      id: traceId(1),
      tables: expect.arrayContaining([
        { table: 'spans', rows: 2 },
        { table: 'span_payloads', rows: 2 },
        { table: 'logs', rows: 1 },
        { table: 'trials', rows: 1 },
      ]),
      done: false,
    });
    expect(await tablesOf(1)).toContain('spans');

    const { deletion } = await ask('DELETE', `/api/traces/${traceId(1)}`);
    expect(deletion).toEqual({ ...preview.deletion, done: true });
    expect(await tablesOf(1)).toEqual([]);
    expect(await rowsOf('trials')).toBe(0);
    expect(await tablesOf(2)).toEqual(['spans', 'span_payloads', 'trace_minutes']);

    const before = await health();
    await collector.sendSpans(traceOf(1));
    await post('/v1/logs', logsRequest({ ...JSON_LOG, traceId: traceId(1) }));
    expect(await tablesOf(1)).toEqual([]);
    expect((await health()).leftOut - before.leftOut).toBe(3);
    expect((await fetch(`${collector.url}/api/traces/${traceId(1)}`)).status).toBe(404);
    expect((await fetch(`${collector.url}/api/traces/${traceId(2)}`)).status).toBe(200);
  });

  it('is deleted with what was acknowledged and is on its way still', async () => {
    const sent = await collector.send(encodeTraceRequest(traceOf(3)));
    expect(sent.status).toBe(200);
    await ask('DELETE', `/api/traces/${traceId(3)}`);
    await collector.settled();
    expect(await tablesOf(3)).toEqual([]);
  });
});

describe('a deleted subject', () => {
  const lead = { type: 'sent', subject: 'lead/7', channel: 'mail', occurredAt: '2026-11-20' };

  it('takes its traces, its outcomes and its records along, and leaves those of others', async () => {
    await collector.sendSpans([...traceOf(10, { user: 'lead/7' }), ...traceOf(11), ...traceOf(12)]);
    await post('/v1/outcomes', [
      { ...lead, id: 's7', traceId: traceId(11) },
      { ...lead, id: 's8', subject: 'lead/8', traceId: traceId(12) },
    ]);
    await post(
      '/v1/logs',
      logsRequest({ ...JSON_LOG, traceId: '', attributes: attributes({ 'user.id': 'lead/7' }) }),
    );
    const { deletion } = await ask('DELETE', `/api/subjects/${encodeURIComponent('lead/7')}`);
    expect(Object.fromEntries(deletion.tables.map(({ table, rows }) => [table, rows]))).toEqual({
      spans: 4,
      span_payloads: 4,
      outcomes: 1,
      logs: 1,
    });
    expect([await tablesOf(10), await tablesOf(11)]).toEqual([[], []]);
    expect(await tablesOf(12)).toContain('spans');
    expect(await rowsOf('outcomes')).toBe(1);
  });

  it('is taken again only for what happens from then on', async () => {
    await post('/v1/outcomes', { ...lead, id: 's7', traceId: traceId(11) });
    expect(await rowsOf('outcomes', "subject = 'lead/7'")).toBe(0);
    await post('/v1/outcomes', { ...lead, id: 'later', occurredAt: '2099-01-01' });
    expect(await rowsOf('outcomes', "subject = 'lead/7'")).toBe(1);
  });

  it('takes along a trace that turns out later to be its own', async () => {
    const [first, second] = traceOf(13, { user: 'lead/7' });
    if (!first || !second) throw new Error('two spans');
    await collector.sendSpans([first]);
    expect(await tablesOf(13)).toContain('spans');
    await collector.sendSpans([second]);
    // Any pass does what is left to do.
    await ask('DELETE', `/api/traces/${traceId(999)}`);
    expect(await tablesOf(13)).toEqual([]);
  });
});

describe('what comes back by another way than ingest', () => {
  it('is deleted again after a start', async () => {
    await ask('DELETE', `/api/traces/${traceId(20)}`);
    const data = join(directory, 'second');
    const log = await openSegmentLog({
      directory: data,
      store: {
        async insertBlocks() {
          throw new AppError('STORE_UNAVAILABLE', 'away');
        },
        runningSince: async () => 0,
      },
      log: () => {},
      now: Date.now,
      closeMillis: 0,
    });
    const batch = new SpanBatch({ prices: priceBook([]) });
    batch.addTraces(encodeTraceRequest([...traceOf(20), ...traceOf(21)]), DEFAULT_PROJECT);
    await log.append(batch.encode());
    await log.close();
    const second = await startCollector({
      dataDirectory: data,
      port: 0,
      clickhouseUrl: `${clickHouse.url}/served`,
    });
    try {
      await second.settled();
      expect(await tablesOf(21)).toContain('spans');
      await expect.poll(() => tablesOf(20)).toEqual([]);
    } finally {
      await second.close();
    }
  });
});

describe('a deletion that breaks off anywhere', () => {
  it('goes on at the next start, and leaves nothing that was deleted and all that was not', async () => {
    const crashed = await openDatabase(`${clickHouse.url}/crashed`);
    const { signal } = new AbortController();

    async function deliver(
      spans: OtlpSpan[],
      deleted?: () => ReturnType<ReturnType<typeof openTombstones>['of']>,
    ) {
      const batch = new SpanBatch({ prices: priceBook([]), ...(deleted && { deleted }) });
      batch.addTraces(encodeTraceRequest(spans), DEFAULT_PROJECT);
      for (const { table, bytes } of batch.encode()) {
        const blocks = (async function* () {
          yield bytes;
        })();
        await crashed.insertBlocks(table, blocks, { token: null, signal });
      }
    }

    /** After so many writes the process is dead. */
    function dying(writes: number): Store {
      let left = writes;
      const live =
        <Args extends unknown[], T>(write: (...args: Args) => Promise<T>) =>
        async (...args: Args): Promise<T> => {
          if (left-- <= 0) throw new Error('killed');
          return write(...args);
        };
      return {
        ...crashed,
        command: live(crashed.command),
        insert: live(crashed.insert),
        derive: live(crashed.derive),
      };
    }

    function open(of: Store) {
      const tombstones = openTombstones();
      const log = () => {};
      const deps = { store: of, home: of, tombstones, settled: async () => {}, log, now: Date.now, signal };
      return { tombstones, deletions: openDeletions(deps) };
    }

    let run = 0;
    let breaks = 0;
    const kinds = fc.constantFrom('trace' as const, 'subject' as const);
    await fc.assert(
      fc.asyncProperty(kinds, fc.integer({ min: 1, max: 10 }), async (kind, writes) => {
        const first = 10 * ++run;
        const [user, trial] = [`ann ${run}`, run.toString(16).padStart(24, 'a')];
        const target: DeletionTarget = { kind, id: kind === 'trace' ? traceId(first) : user };
        const spans = [...traceOf(first, { user, trial }), ...traceOf(first + 1, { user: 'bob' })];
        await deliver(spans);
        await crashed.command(
          `INSERT INTO trials (project, run_id, trial_id) VALUES ('default', 'r', '${trial}')`,
        );
        const dies = await open(dying(writes)).deletions;
        const broke = await dies.delete(project, target).then(
          () => false,
          () => true,
        );
        if (broke) breaks++;
        // The next start, to which the same spans are sent again before it has gone on.
        const { tombstones, deletions } = open(crashed);
        const next = await deletions;
        await deliver(spans, () => tombstones.of(project));
        await next.pass();
        expect([await tablesOf(first, crashed), await rowsOf('trials', '1', crashed)]).toEqual([[], 0]);
        expect(await tablesOf(first + 1, crashed)).toEqual(['spans', 'span_payloads', 'trace_minutes']);
        expect(await crashed.rows(storedTombstones, { states: ['pending'] })).toEqual([]);
      }),
      { numRuns: 3, seed: 1 },
    );
    expect(breaks).toBeGreaterThan(0);
    await crashed.close();
  });
});

describe('a deleted project', () => {
  it('holds nothing, and takes what happens from then on', async () => {
    const preview = await ask('DELETE', '/api/data?preview=true');
    expect(preview.deletion.tables.length).toBeGreaterThan(2);
    await ask('DELETE', '/api/data');
    for (const table of tablesThat(({ role }) => role === 'source')) {
      // An outcome of the far future stays, and is told.
      expect([table, await rowsOf(table)]).toEqual([table, table === 'outcomes' ? 1 : 0]);
    }
    const now = BigInt(Date.now()) * 1_000_000n;
    await collector.sendSpans([
      exampleSpan({ traceId: traceId(30), startTimeUnixNano: now + minute, endTimeUnixNano: now + minute }),
      ...traceOf(31),
    ]);
    expect(await tablesOf(30)).toContain('spans');
    expect(await tablesOf(31)).toEqual([]);
  });
});
