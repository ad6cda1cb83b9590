import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import { startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Query } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import { type CollectorProcess, startCollectorProcess } from './collector-process.ts';
import { attributes, exampleSpan } from './example-span.ts';

export type CrashOptions = {
  /** In each, the collector or its ClickHouse is killed. */
  rounds: number;
  /** Of who is killed when, and of what is sent. */
  seed: number;
  onRound?: (line: string) => void;
};

/** What came of it, counted in the tables when all was over. */
export type CrashResult = {
  collectorKills: number;
  clickHouseKills: number;
  /** Requests, and how many of them were sent again after a refusal or a broken connection. */
  requests: number;
  again: number;
  acknowledged: number;
  /** Spans that were acknowledged and that readers do not see, in `spans` or in `span_payloads`. */
  lost: number;
  /** Spans that readers see more than once. */
  doubled: number;
  /** Rows that lie there beside another of the same span, until ClickHouse merges them. */
  unmerged: number;
  quarantined: number;
};

const senders = 4;
const mostSpans = 60;
const longestPauseMillis = 1200;
const settleMillis = 60_000;

/**
 * Sends spans without a pause while the collector and its ClickHouse are killed (SIGKILL) at random moments and come
 * back, then counts what is there. A request that was not answered is sent again, or given up, by chance.
 */
export async function crashRounds({ rounds, seed, onRound = () => {} }: CrashOptions): Promise<CrashResult> {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-crash-'));
  const random = generator(seed);
  const logLines: string[] = [];
  const start = () => startCollectorProcess(directory, (line) => logLines.push(line));
  let collector: CollectorProcess | null = await start();
  let sending = true;
  const sent = { requests: 0, again: 0 };
  /** Trace id to the number of its spans. */
  const acknowledged = new Map<string, number>();
  const kills = { collector: 0, clickHouse: 0 };

  /** A trace a request. */
  async function send(sender: number): Promise<void> {
    const draw = generator(seed * 1000 + sender);
    for (let number = 0; sending; number++) {
      const traceId = `${hex(sender + 1, 8)}${hex(number + 1, 8)}`;
      const count = 1 + Math.floor(draw() * mostSpans);
      const body = new Uint8Array(requestOf(traceId, count));
      sent.requests++;
      for (let attempt = 1; ; attempt++) {
        if (await isTaken(collector?.url ?? null, body)) {
          acknowledged.set(traceId, count);
          break;
        }
        if (!sending || draw() < 0.2) break;
        sent.again++;
        await sleep(20 * attempt);
      }
      await sleep(draw() * 10);
    }
  }

  try {
    const sends = Array.from({ length: senders }, (_, sender) => send(sender));
    for (let round = 1; round <= rounds; round++) {
      await sleep(random() * longestPauseMillis);
      if (random() < 0.5 && collector.killClickHouse()) {
        kills.clickHouse++;
      } else {
        const victim: CollectorProcess = collector;
        collector = null;
        await victim.kill();
        kills.collector++;
        collector = await start();
      }
      onRound(`round ${round}: ${sum(acknowledged.values())} spans acknowledged`);
    }
    sending = false;
    await Promise.all(sends);
    const quarantined = await allStored(collector.url);
    await collector.kill();
    collector = null;
    const counted = await countRows(directory, acknowledged);
    return {
      collectorKills: kills.collector,
      clickHouseKills: kills.clickHouse,
      ...sent,
      acknowledged: sum(acknowledged.values()),
      ...counted,
      quarantined,
    };
  } catch (error) {
    throw new Error(`the collector said:\n${logLines.slice(-20).join('\n')}`, { cause: error });
  } finally {
    sending = false;
    await collector?.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function isTaken(url: string | null, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (url === null) return false;
  try {
    const headers = { 'content-type': 'application/x-protobuf' };
    const answer = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function requestOf(traceId: string, count: number): Buffer {
  const start = BigInt(Date.now()) * 1_000_000n;
  return encodeTraceRequest(
    Array.from({ length: count }, (_, index) =>
      exampleSpan({
        traceId,
        spanId: hex(index + 1, 8),
        startTimeUnixNano: start + BigInt(index),
        endTimeUnixNano: start + BigInt(index) + 1_000_000n,
        attributes: attributes({ 'gen_ai.operation.name': 'chat', note: 'word '.repeat(40) }),
      }),
    ),
  );
}

/** Waits until nothing is left in segments; how many files are in quarantine. */
export async function allStored(url: string): Promise<number> {
  const deadline = Date.now() + settleMillis;
  for (;;) {
    const health = await (await fetch(`${url}/healthz`)).json();
    const { clickhouse, segments } = Health.parse(health);
    if (clickhouse === 'up' && segments.segments === 0) return segments.quarantined;
    if (Date.now() > deadline) throw new Error(`expected all to be stored, got ${JSON.stringify(health)}`);
    await sleep(100);
  }
}

const Health = z.object({
  clickhouse: z.string(),
  segments: z.object({ segments: z.number(), quarantined: z.number() }),
});

const counts = z.object({ trace_id: z.string(), seen: z.int(), different: z.int(), lying: z.int() });
type Counts = z.output<typeof counts>;

/** As readers see a table, which is with FINAL, and as it lies there. */
function countsOf(table: string): Query<Record<string, never>, typeof counts, Counts> {
  return {
    sql: `SELECT trace_id, seen, different, lying FROM
      (SELECT lower(hex(trace_id)) AS trace_id, count() AS seen, uniqExact(span_id) AS different FROM ${table} FINAL GROUP BY trace_id) AS read
      INNER JOIN (SELECT lower(hex(trace_id)) AS trace_id, count() AS lying FROM ${table} GROUP BY trace_id) AS raw USING trace_id`,
    columns: counts,
    toValue: (row) => row,
  };
}

async function countRows(directory: string, acknowledged: ReadonlyMap<string, number>) {
  const server = await startEmbeddedClickHouse({
    directory: join(directory, 'clickhouse'),
    onCrash: () => {},
  });
  const store = await openDatabase(server.url);
  try {
    const tables = await Promise.all(
      ['spans', 'span_payloads'].map((table) => countTable(store, table, acknowledged)),
    );
    return {
      lost: sum(tables.map(({ lost }) => lost)),
      doubled: sum(tables.map(({ doubled }) => doubled)),
      unmerged: sum(tables.map(({ unmerged }) => unmerged)),
    };
  } finally {
    await store.close();
    await server.close();
  }
}

async function countTable(store: Store, table: string, acknowledged: ReadonlyMap<string, number>) {
  const rows = await store.rows(countsOf(table), {});
  const byTrace = new Map(rows.map((row) => [row.trace_id, row]));
  return {
    lost: sum([...acknowledged].map(([trace, count]) => count - (byTrace.get(trace)?.different ?? 0))),
    doubled: sum(rows.map(({ seen, different }) => seen - different)),
    unmerged: sum(rows.map(({ lying, seen }) => lying - seen)),
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function hex(value: number, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, '0');
}

/** A seeded generator in [0, 1): xorshift32. Source: G. Marsaglia, Xorshift RNGs, J. Stat. Softw. 8 (2003). */
function generator(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
