import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectorEnvironment } from '../environment.ts';
import { dropReplacedBuilds, rebuildHours } from '../housekeeping/rebuild-hours.ts';
import { rebuildWords } from '../housekeeping/rebuild-words.ts';
import { MISSING_SHARDS_HEADER } from '../http/say-missing.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { openDatabase } from '../store/open-database.ts';
import { agentWork } from '../testing/agent-work.ts';
import { type CollectorProcess, startCollectorProcess } from '../testing/collector-process.ts';
import { exampleRun, exampleTrial } from '../testing/example-run.ts';
import { NOON } from '../testing/example-span.ts';
import { JSON_LOG, logsRequest } from '../testing/signal-requests.ts';
import { startShards, type TestShards } from '../testing/start-shards.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';
import { openCluster } from './open-cluster.ts';
import { shardOfTrace } from './shard-of.ts';

let directory: string;
let shards: TestShards;
let first: TestCollector;
let second: CollectorProcess;
const log: string[] = [];

const startSecond = () =>
  startCollectorProcess(join(directory, 'second'), (line) => log.push(line), {
    ...shards.environment,
    REHEARSE_HOUSEKEEPING: 'off',
  });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-cluster-'));
  shards = await startShards(directory, 2, 1);
  const options = {
    ...collectorEnvironment({ ...shards.environment, REHEARSE_HOUSEKEEPING: 'off' }),
    log: (_: string, message: string) => log.push(message),
  };
  first = await startTestCollector(options);
});
afterAll(async () => {
  await second?.kill();
  await first?.close();
  await shards?.close();
  rmSync(directory, { recursive: true, force: true });
});

const traceIdOf = (number: number) => number.toString(16).padStart(32, '0');
const ofShard = (shard: number) => (number: number) => shardOfTrace(traceIdOf(number), 2) === shard;

/** What an agent did, the first tool in a loop. */
const workOf = (trace: number, at: bigint): OtlpSpan[] =>
  agentWork({
    trace,
    agent: trace % 3 === 0 ? 'alice' : 'bob',
    at,
    does: [
      ...Array.from({ length: trace % 4 === 0 ? 6 : 1 }, () => ({
        tool: 'search',
        arguments: { q: 'kestrel' },
      })),
      { says: `done ${trace}` },
    ],
  });

type Asked = { url: string };

async function post({ url }: Asked, path: string, body: unknown, method = 'POST'): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([path, answer.status, await answer.text()]).toEqual([
    path,
    expect.closeTo(200, 1),
    expect.anything(),
  ]);
}

/** @param body makes it a POST */
async function read({ url }: Asked, path: string, body?: unknown) {
  const headers = { 'content-type': 'application/json' };
  const posted = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(`${url}${path}`, posted);
  return {
    status: answer.status,
    missing: answer.headers.get(MISSING_SHARDS_HEADER),
    body: linesOf(await answer.text()),
  };
}

/** A value, or a list of those of a stream. */
function linesOf(text: string): z.core.util.JSONType {
  // When it was asked differs.
  const values = text
    .replace(/"asOf":\d+/, '"asOf":0')
    .trim()
    .split('\n')
    .map((line) => z.json().parse(JSON.parse(line)));
  return values.length === 1 ? (values[0] ?? null) : values;
}

const bodies = new Map<number, Uint8Array<ArrayBuffer>>();

async function takes({ url }: Asked, trace: number): Promise<boolean> {
  const body = bodies.get(trace) ?? new Uint8Array(encodeTraceRequest(workOf(trace, NOON)));
  bodies.set(trace, body);
  const headers = { 'content-type': 'application/x-protobuf' };
  const answer = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body }).catch(() => null);
  return answer?.status === 200;
}

/** What a collector says that has stored all. */
const whole = { status: 'ok', segments: { segments: 0, quarantined: 0 } };
const health = (collector: Asked) =>
  expect.poll(async () => (await read(collector, '/healthz')).body, { interval: 100 });

/** A shard that did not answer is left out of answers for two seconds more. */
const answer = (collector: Asked, path: string) => expect.poll(() => read(collector, path));

const sql = {
  sql: 'SELECT count() AS n, uniqExact(trace_id) AS t, round(sum(cost_usd), 9) AS c FROM spans JOIN payloads USING (trace_id, span_id)',
};

describe('a collector that is started while a shard has never answered', () => {
  // Of those that are sent again below.
  const [here = 0, there = 0] = [0, 1].map((shard) => [1, 3, 5, 7, 9].find(ofShard(shard)));

  it('takes its spans, says that it is missing, and stores them there when it comes', async () => {
    const missing = shards.names[1];
    expect([await takes(first, here), await takes(first, there)]).toEqual([true, true]);
    await health(first).toMatchObject({
      status: 'degraded',
      shards: [
        { clickhouse: 'up', segments: { segments: 0 } },
        { name: missing, clickhouse: 'down', segments: { segments: 1 } },
      ],
    });
    const path = (trace: number) => `/api/traces/${traceIdOf(trace)}`;
    expect(await read(first, path(here))).toMatchObject({ status: 200, missing });
    expect(await read(first, path(there))).toMatchObject({ status: 503 });

    await shards.start(1);
    await health(first).toMatchObject(whole);
    await answer(first, path(there)).toMatchObject({ status: 200, missing: null });
    expect(log).toEqual(expect.arrayContaining([`shard ${missing} is back`]));
  });
});

describe('a store of two shards', () => {
  const at = Number(NOON / 1000n);
  const window = `from=${at - 3600e6}&to=${at + 7200e6}`;
  const compared = 24;
  const trial = { ...exampleTrial(1, 'run-a', { kind: 'passed' }, 1), traceId: traceIdOf(1) };
  const unknown = `/api/traces/${'f'.repeat(32)}`;
  const paths = [
    `/api/traces?${window}&limit=10`,
    `/api/traces?${window}&agent=alice&loops=yes`,
    `/api/traces?${window}&q=kestrel`,
    `/api/traces/count?${window}&agent=bob`,
    `/api/traces/named?ids=${traceIdOf(3)},${traceIdOf(4)}`,
    ...[4].flatMap((trace) => [
      `/api/traces/${traceIdOf(trace)}`,
      `/api/traces/${traceIdOf(trace)}/loops`,
      `/api/traces/${traceIdOf(trace)}/logs`,
      `/api/traces/${traceIdOf(trace)}/search?q=kestrel`,
    ]),
    `/api/traces/${traceIdOf(2)}/spans/0000000000000002`,
    `/api/charts/spans?${window}&by=model`,
    `/api/facets?${window}&field=agent`,
    `/api/loops?${window}`,
    '/api/runs',
    '/api/runs/run-a',
    `/api/trials/${trial.id}`,
    `/api/outcomes/cohorts?${window}&by=campaign`,
    `/api/outcomes/costs?${window}`,
    unknown,
  ];
  async function fill(collector: TestCollector): Promise<void> {
    // Two hours; one request of all traces, and again those of the first hour.
    const works = Array.from({ length: compared }, (_, trace) =>
      workOf(trace + 1, NOON + BigInt(trace % 2) * 3_600_000_000_000n),
    );
    await collector.sendSpans(works.flat());
    await collector.sendSpans(works.filter((_, trace) => trace % 2 === 0).flat());
    const records = [1, 2, 3].map((trace) => ({ ...JSON_LOG, traceId: traceIdOf(trace) }));
    await post(collector, '/v1/logs', logsRequest(...records, { ...JSON_LOG, traceId: '', spanId: '' }));
    await post(collector, '/api/runs/run-a', exampleRun('run-a', { trialsPlanned: 1 }), 'PUT');
    await post(collector, '/api/runs/run-a/trials', { trials: [trial] });
    const outcome = {
      occurredAt: at,
      subject: 'lead-1',
      messageId: 'message-1',
      campaign: 'spring',
      traceId: traceIdOf(2),
    };
    await post(collector, '/v1/outcomes', [
      { ...outcome, id: 'o-1', type: 'sent' },
      { ...outcome, id: 'o-2', type: 'replied', occurredAt: at + 60e6 },
    ]);
    await collector.settled();
  }

  const questions = [...paths.map((path) => ({ path })), { path: '/api/query', body: sql }];

  /** A list and a count give up after some seconds and say so: on a busy machine they are asked again. */
  async function expectSameAnswers(alone: TestCollector): Promise<void> {
    for (const { path, ...asked } of questions) {
      await expect
        .poll(async () => {
          const { body } = { body: undefined, ...asked };
          const [one, many] = [await read(alone, path, body), await read(first, path, body)];
          return [path, one.status, isDeepStrictEqual(one, many) ? 'alike' : { one, many }];
        })
        .toEqual([path, path === unknown ? 404 : 200, 'alike']);
    }
  }

  it('answers as one server does, before and after the hours are summed up', {
    timeout: 300_000,
  }, async () => {
    const alone = await startTestCollector({ sumsUp: false });
    try {
      await Promise.all([fill(alone), fill(first)]);
      await expectSameAnswers(alone);

      const { CLICKHOUSE_URL, CLICKHOUSE_CLUSTER } = shards.environment;
      const urls = CLICKHOUSE_URL.split(',');
      const before = await madeTables(urls);
      const cluster = await openCluster({ urls, cluster: CLICKHOUSE_CLUSTER }, () => {});
      try {
        expect(await madeTables(urls)).toEqual(before);
        const { store } = cluster;
        for (let build = 0; build < 2; build++) {
          // What came again has its hours built again.
          if (build > 0) await first.sendSpans(workOf(1, NOON));
          expect(await rebuildHours({ store, graceSeconds: 0 })).toBeGreaterThan(0);
          expect(await rebuildWords({ store, graceSeconds: 0 })).toBeGreaterThan(0);
        }
        await dropReplacedBuilds({ store }, Date.now() + 3_600_000);
        const [sums] = await store.rows(rowsOf('span_hours'), {});
        expect(sums).toBeGreaterThan(0);
      } finally {
        await cluster.close();
      }
      await expectSameAnswers(alone);
    } finally {
      await alone.close();
    }
  });

  it('deletes a trace wherever it lies', async () => {
    for (const trace of [1, 2, 3]) {
      const answer = await fetch(`${first.url}/api/traces/${traceIdOf(trace)}`, { method: 'DELETE' });
      expect(answer.status).toBe(200);
      expect((await read(first, `/api/traces/${traceIdOf(trace)}`)).status).toBe(404);
    }
    expect((await read(first, `/api/traces/${traceIdOf(4)}`)).status).toBe(200);
  });
});

describe('two collectors before two shards', () => {
  beforeAll(async () => {
    second = await startSecond();
  });

  it('lose and double nothing when one of each is killed under load, and say what is missing', async () => {
    const acknowledged = new Set<number>();
    let next = 1000;
    let sending = true;
    const send = async () => {
      while (sending) {
        const trace = next++;
        for (const collector of trace % 2 === 0 ? [first, second] : [second, first]) {
          if (!(await takes(collector, trace))) continue;
          acknowledged.add(trace);
          break;
        }
      }
    };
    const senders = Array.from({ length: 3 }, send);
    const reach = (more: number) => {
      const count = acknowledged.size + more;
      return expect.poll(() => acknowledged.size).toBeGreaterThan(count);
    };
    await reach(30);
    await shards.kill(1);
    await second.kill();
    await reach(60);

    const [lying, away] = [4, 5, 6, 7, 8]
      .toSorted((a, b) => Number(ofShard(1)(a)) - Number(ofShard(1)(b)))
      .filter((_, index, all) => index === 0 || index === all.length - 1);
    const missing = shards.names[1];
    expect(await read(first, `/api/traces/${traceIdOf(lying ?? 0)}`)).toMatchObject({ status: 200, missing });
    expect(await read(first, `/api/traces/${traceIdOf(away ?? 0)}`)).toMatchObject({
      status: 503,
      body: { error: { code: 'STORE_UNAVAILABLE', message: expect.stringContaining(missing ?? '') } },
    });
    const list = await read(first, '/api/traces?from=0');
    expect(list).toMatchObject({ status: 200, missing });
    expect((await read(first, '/api/query', { sql: 'SELECT count() FROM spans' })).status).toBe(503);
    const degraded = {
      status: 'degraded',
      shards: [{ clickhouse: 'up' }, { name: missing, clickhouse: 'down' }],
    };
    expect((await read(first, '/healthz')).body).toMatchObject(degraded);

    second = await startSecond();
    await reach(30);
    expect((await read(second, '/healthz')).body).toMatchObject(degraded);
    expect(await read(second, '/api/traces?from=0')).toMatchObject({ status: 200, missing });
    await shards.start(1);
    sending = false;
    await Promise.all(senders);
    for (const collector of [first, second]) {
      await health(collector).toMatchObject(whole);
    }
    await answer(second, `/api/traces/${traceIdOf(away ?? 0)}`).toMatchObject({ missing: null });

    // As they lie there: each trace on its shard alone, each span once.
    for (const [shard, url] of shards.environment.CLICKHOUSE_URL.split(',').entries()) {
      const store = await openDatabase(url);
      const found = new Map((await store.rows(tracesOf, {})).map(({ trace, spans }) => [trace, spans]));
      await store.close();
      const due = [...acknowledged].filter(ofShard(shard));
      expect(due.length).toBeGreaterThan(10);
      const spansOf = (trace: number) => workOf(trace, NOON).length;
      expect(due.filter((trace) => found.get(traceIdOf(trace)) !== spansOf(trace))).toEqual([]);
      const elsewhere = [...acknowledged].filter(
        (trace) => !ofShard(shard)(trace) && found.has(traceIdOf(trace)),
      );
      expect(elsewhere).toEqual([]);
    }
  });

  it('take spans from the start while the first shard is away, which has the keys', async () => {
    const [ofFirst = 0, ofSecond = 0] = [0, 1].map((shard) => [500, 504].find(ofShard(shard)));
    const missing = shards.names[0];
    await shards.kill(0);
    await second.kill();
    const again = await startTestCollector({
      ...collectorEnvironment({ ...shards.environment, REHEARSE_HOUSEKEEPING: 'off' }),
      dataDirectory: join(directory, 'second'),
    });
    try {
      expect([await takes(again, ofFirst), await takes(again, ofSecond)]).toEqual([true, true]);
      await health(again).toMatchObject({
        shards: [
          { name: missing, clickhouse: 'down', segments: { segments: 1 } },
          { clickhouse: 'up', segments: { segments: 0 } },
        ],
      });
      const path = (trace: number) => `/api/traces/${traceIdOf(trace)}`;
      expect(await read(again, path(ofSecond))).toMatchObject({ status: 200, missing });
      expect(await read(again, path(ofFirst))).toMatchObject({ status: 503 });
      expect(await read(again, '/api/query', sql)).toMatchObject({ status: 503 });

      await shards.start(0);
      await health(again).toMatchObject(whole);
      await answer(again, path(ofFirst)).toMatchObject({ status: 200, missing: null });
      expect(await read(again, '/api/query', sql)).toMatchObject({ status: 200 });
    } finally {
      await again.close();
    }
  });
});

const counted = z.object({ trace: z.string(), spans: z.int() });
/** Of spans and of their text, the smaller and the larger number must be the same. */
const tracesOf = {
  sql: `SELECT trace, max(n) AS spans FROM (
    SELECT lower(hex(trace_id)) AS trace, count() AS n FROM spans FINAL GROUP BY trace
    UNION ALL SELECT lower(hex(trace_id)) AS trace, count() AS n FROM span_payloads FINAL GROUP BY trace)
    GROUP BY trace HAVING min(n) = max(n) AND count() = 2`,
  columns: counted,
  toValue: (row: z.output<typeof counted>) => row,
};

/** What the shards' own tables of all shards are known by: a table that is made anew gets another id. */
async function madeTables(urls: readonly string[]): Promise<string[]> {
  const ids = {
    sql: "SELECT toString(uuid) AS id FROM system.tables WHERE database LIKE '%\\_cluster' ORDER BY name",
    columns: z.object({ id: z.string() }),
    toValue: ({ id }: { id: string }) => id,
  };
  const found: string[] = [];
  for (const url of urls) {
    const store = await openDatabase(url);
    found.push(...(await store.rows(ids, {})));
    await store.close();
  }
  expect(found.length).toBeGreaterThan(20);
  return found;
}

const rowsColumns = z.object({ rows: z.int() });
function rowsOf(table: string) {
  return {
    sql: `SELECT count() AS rows FROM ${table}`,
    columns: rowsColumns,
    toValue: ({ rows }: z.output<typeof rowsColumns>) => rows,
  };
}
