import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeTraceRequest } from './otlp/protobuf-encoder.ts';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from './store/embedded-clickhouse.ts';
import { openDatabase } from './store/open-database.ts';
import { type CollectorProcess, startCollectorProcess } from './testing/collector-process.ts';
import { exampleSpan } from './testing/example-span.ts';

let directory: string;
let server: EmbeddedClickHouse;
const log: string[] = [];
const started: CollectorProcess[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-several-'));
  server = await startEmbeddedClickHouse({ directory: join(directory, 'server'), onCrash: () => {} });
});
afterAll(async () => {
  for (const collector of started) await collector.kill();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A collector of the database; its segments lie in a directory of its own. */
async function start(name: string): Promise<CollectorProcess> {
  const environment = {
    CLICKHOUSE_URL: `${server.url}/several`,
    REHEARSE_HOUSEKEEPING: name === 'first' ? 'on' : 'off',
  };
  const collector = await startCollectorProcess(join(directory, name), (line) => log.push(line), environment);
  started.push(collector);
  return collector;
}

const spansOfTrace = 5;
const traceIdOf = (number: number) => (number + 1).toString(16).padStart(32, '0');

function requestOf(traceId: string): Uint8Array<ArrayBuffer> {
  const spans = Array.from({ length: spansOfTrace }, (_, index) =>
    exampleSpan({ traceId, spanId: (index + 1).toString(16).padStart(16, '0') }),
  );
  return new Uint8Array(encodeTraceRequest(spans));
}

async function takes({ url }: CollectorProcess, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const headers = { 'content-type': 'application/x-protobuf' };
  const answer = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body }).catch(() => null);
  return answer?.status === 200;
}

const counted = z.object({ id: z.string(), spans: z.int() });

/** The traces that readers see, with the number of their spans. */
async function stored(): Promise<Map<string, number>> {
  const store = await openDatabase(`${server.url}/several`);
  try {
    const sql = 'SELECT lower(hex(trace_id)) AS id, count() AS spans FROM spans FINAL GROUP BY id';
    const rows = await store.rows(
      { sql, columns: counted, toValue: ({ id, spans }) => [id, spans] as const },
      {},
    );
    return new Map(rows);
  } finally {
    await store.close();
  }
}

describe('two collectors before one ClickHouse', () => {
  it('make its tables together, and lose and double nothing when one is killed under load', async () => {
    const [first, second] = await Promise.all([start('first'), start('second')]);
    const acknowledged = new Set<string>();
    let number = 0;
    let sending = true;
    /** As a balancer does: what the first does not take goes to the second, though the first may have kept it. */
    const send = async () => {
      while (sending) {
        const traceId = traceIdOf(number++);
        const body = requestOf(traceId);
        const order = number % 2 === 0 ? [first, second] : [second, first];
        for (const collector of order) {
          if (!(await takes(collector, body))) continue;
          acknowledged.add(traceId);
          break;
        }
      }
    };
    const senders = Array.from({ length: 4 }, send);
    const reach = (count: number) => expect.poll(() => acknowledged.size).toBeGreaterThan(count);
    await reach(60);
    await first.kill();
    await reach(acknowledged.size + 60);
    sending = false;
    await Promise.all(senders);

    const again = await start('first');
    for (const { url } of [again, second]) {
      await expect
        .poll(async () => (await fetch(`${url}/healthz`)).json(), { interval: 100 })
        .toMatchObject({ clickhouse: 'up', segments: { segments: 0, quarantined: 0 } });
    }
    const found = await stored();
    expect([...acknowledged].filter((traceId) => found.get(traceId) !== spansOfTrace)).toEqual([]);
    expect([...found].filter(([, spans]) => spans !== spansOfTrace)).toEqual([]);

    // What one has taken, the other reads.
    const [some] = acknowledged;
    for (const { url } of [again, second]) {
      const answer = await fetch(`${url}/api/traces/${some}`);
      expect(await answer.json(), log.join('\n')).toMatchObject({ structure: { total: spansOfTrace } });
    }
  });
});
