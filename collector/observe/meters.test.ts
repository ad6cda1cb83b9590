import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { OPEN_ACCESS } from '../access/access.ts';
import { onError } from '../http/on-error.ts';
import { Rejections } from '../otlp/rejections.ts';
import { openMeters } from './meters.ts';
import { metricsRoute } from './metrics-route.ts';

/** Meters of a collector on which something of everything has happened. */
async function busyMeters() {
  const meters = openMeters();
  let shipped: Parameters<Parameters<typeof meters.watch>[0]['segments']['onShipped']>[0] = () => {};
  meters.watch({
    segments: {
      stats: () => ({ bytes: 70, accepting: true, segments: 2, quarantined: 1, oldest: 4000 }),
      onShipped(listener) {
        shipped = listener;
        return () => true;
      },
    },
    isUp: async () => false,
    redacted: () => ({ 'card-number': 3 }),
    now: () => 64_000,
  });
  shipped({ segment: 's', rows: new Map([['spans', 12]]) });

  const rejections = new Rejections();
  rejections.add('of the wrong length', 2);
  const take = meters.receive(async () => rejections);
  await take(DEFAULT_PROJECT, 'traces', Buffer.alloc(50), 'json');
  const refuse = meters.receive(async () => {
    throw new AppError('INGEST_FULL', 'full');
  });
  await expect(refuse(DEFAULT_PROJECT, 'logs', Buffer.alloc(1), 'json')).rejects.toThrow('full');

  const none = async () => {};
  const store = meters.blocks({ insertBlocks: none, runningSince: async () => 0 });
  const blocks = { async *[Symbol.asyncIterator]() {} };
  await store.insertBlocks('spans', blocks, { token: null, signal: new AbortController().signal });

  const app = new Hono()
    .use((c, next) => meters.requests(c, next))
    .get('/api/runs/:runId', () => {
      throw new AppError('RUN_NOT_FOUND', 'there is none');
    });
  app.onError(onError(() => {}));
  await app.request('/api/runs/r1');
  return meters;
}

describe('the figures of the collector', () => {
  it('count what came, what was refused, what was stored, and what failed where', async () => {
    const lines = (await (await busyMeters()).text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'rehearse_ingest_requests_total{signal="traces"} 1',
        'rehearse_ingest_bytes_total{signal="traces"} 50',
        'rehearse_ingest_rejected_items_total{signal="traces"} 2',
        'rehearse_ingest_refused_requests_total{signal="logs",code="INGEST_FULL"} 1',
        'rehearse_stored_rows_total{table="spans"} 12',
        'rehearse_insert_duration_seconds_count{table="spans",outcome="ok"} 1',
        'rehearse_errors_total{code="RUN_NOT_FOUND",route="/api/runs/:runId"} 1',
        'rehearse_redactions_total{rule="card-number"} 3',
        'rehearse_clickhouse_up 0',
        'rehearse_segments_accepting 1',
        'rehearse_segments_bytes 70',
        'rehearse_segments_waiting 2',
        'rehearse_segments_quarantined 1',
        'rehearse_segments_oldest_seconds 60',
      ]),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^rehearse_http_request_duration_seconds_count\{route="\/api\/runs\/:runId",method="GET",status="404"\} 1$/,
      ),
    );
  });

  it('are those that docs/reference/self-observation.md lists', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/reference/self-observation.md'), 'utf8');
    const firstCells = page.match(/^\| `rehearse_[^|]+/gm) ?? [];
    const listed = firstCells.flatMap((cell) => cell.match(/rehearse_\w+/g) ?? []);
    const text = await (await busyMeters()).text();
    const told = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(told.toSorted());
  });

  it('are for programs; a browser is let through to the page of that address', async () => {
    const meters = await busyMeters();
    const app = new Hono()
      .route('/', metricsRoute({ meters, authenticate: async () => OPEN_ACCESS }))
      .get('/*', (c) => c.text('the page'));
    const asked = async (accept: string) =>
      await (await app.request('/metrics', { headers: { accept } })).text();
    expect(await asked('text/html,application/xhtml+xml,*/*')).toBe('the page');
    expect(await asked('*/*')).toContain('# TYPE rehearse_clickhouse_up gauge');
    const shut = metricsRoute({
      meters,
      authenticate: async () => ({ ...OPEN_ACCESS, scopes: new Set(['ingest'] as const) }),
    });
    shut.onError(onError(() => {}));
    expect((await shut.request('/metrics')).status).toBe(403);
  });
});
