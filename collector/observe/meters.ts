import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { AppError } from '../../domain/errors.ts';
import { isMiddleware } from '../access/guard.ts';
import type { Receive } from '../otlp/receiver.ts';
import type { SegmentLog } from '../segments/segment-log.ts';
import type { BlockStore } from '../segments/ship-segment.ts';

/** What the collector counts and measures of itself: docs/reference/self-observation.md lists it. */
export type Meters = {
  /** Times every request, by its route. */
  requests: MiddlewareHandler;
  /** Counts what is sent and what of it is refused, by whatever transport. */
  receive(receive: Receive): Receive;
  /** Times the inserts of segments. */
  blocks(store: BlockStore): BlockStore;
  /** Tells, when it is asked for the figures, how things stand. */
  watch(watched: Watched): void;
  /** The figures in Prometheus' text format. */
  text(): Promise<string>;
};

/** What is looked at rather than counted. */
export type Watched = {
  segments: Pick<SegmentLog, 'stats' | 'onShipped'>;
  isUp: () => Promise<boolean>;
  /** What was taken out, by rule; `null` where nothing is redacted. */
  redacted: () => Readonly<Record<string, number>> | null;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Seconds: an insert of a segment takes some tenths, a read of a list some hundredths. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];
const seconds = { advice: { explicitBucketBoundaries: boundaries } };

export function openMeters(): Meters {
  const reader = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  const meter = new MeterProvider({ readers: [reader] }).getMeter('rehearse');

  const requests = meter.createHistogram('rehearse_http_request_duration_seconds', {
    description: 'Requests by route, method and status: ingest, reads, and the rest',
    ...seconds,
  });
  const errors = meter.createCounter('rehearse_errors_total', {
    description: 'Refusals by code; docs/reference/errors.md lists the codes',
  });
  const taken = meter.createCounter('rehearse_ingest_requests_total', {
    description: 'OTLP requests that were made durable, by signal',
  });
  const bytes = meter.createCounter('rehearse_ingest_bytes_total', {
    description: 'Bytes of these requests, inflated, by signal',
  });
  const rejected = meter.createCounter('rehearse_ingest_rejected_items_total', {
    description: 'Items of these requests that broke the contract of OTLP, by signal',
  });
  const refused = meter.createCounter('rehearse_ingest_refused_requests_total', {
    description: 'OTLP requests of which nothing was stored, by signal and code',
  });
  const inserts = meter.createHistogram('rehearse_insert_duration_seconds', {
    description: 'Inserts of waiting rows into ClickHouse, by table; outcome is ok or failed',
    ...seconds,
  });

  return {
    async requests(c, next) {
      const begin = performance.now();
      await next();
      const route = matchedRoutes(c).find((matched) => !isMiddleware(matched))?.path ?? 'none';
      requests.record((performance.now() - begin) / 1000, {
        route,
        method: c.req.method,
        status: c.res.status,
      });
      if (c.error) errors.add(1, { code: codeOf(c.error), route });
    },
    receive: (receive) => async (project, signal, body, encoding) => {
      try {
        const rejections = await receive(project, signal, body, encoding);
        taken.add(1, { signal });
        bytes.add(body.length, { signal });
        if (rejections.count > 0) rejected.add(rejections.count, { signal });
        return rejections;
      } catch (error) {
        refused.add(1, { signal, code: codeOf(error) });
        throw error;
      }
    },
    blocks: (store) => ({
      ...store,
      async insertBlocks(table, blocks, options) {
        const begin = performance.now();
        const record = (outcome: 'ok' | 'failed') =>
          inserts.record((performance.now() - begin) / 1000, { table, outcome });
        try {
          await store.insertBlocks(table, blocks, options);
          record('ok');
        } catch (error) {
          record('failed');
          throw error;
        }
      },
    }),
    watch(watched) {
      watchStanding(meter, watched);
    },
    async text() {
      const { resourceMetrics } = await reader.collect();
      return serializer.serialize(resourceMetrics);
    },
  };
}

type Meter = ReturnType<MeterProvider['getMeter']>;

function watchStanding(meter: Meter, { segments, isUp, redacted, now }: Watched): void {
  const gauge = (name: string, description: string, value: () => number | Promise<number>) =>
    meter
      .createObservableGauge(name, { description })
      .addCallback(async (result) => result.observe(await value()));
  const rows = meter.createCounter('rehearse_stored_rows_total', {
    description: 'Rows that have become readable, by table',
  });
  segments.onShipped((shipped) => {
    for (const [table, count] of shipped.rows) rows.add(count, { table });
  });
  gauge('rehearse_clickhouse_up', '1 while ClickHouse answers', async () => Number(await isUp()));
  gauge('rehearse_segments_accepting', '1 while there is room for what is sent', () =>
    Number(segments.stats().accepting),
  );
  gauge(
    'rehearse_segments_bytes',
    'Bytes on disk that wait for ClickHouse, or were set aside',
    () => segments.stats().bytes,
  );
  gauge('rehearse_segments_waiting', 'Files that wait to be inserted', () => segments.stats().segments);
  gauge('rehearse_segments_quarantined', 'Files that were set aside', () => segments.stats().quarantined);
  gauge('rehearse_segments_oldest_seconds', 'Age of the oldest file that waits; 0 where none does', () => {
    const { oldest } = segments.stats();
    return oldest === null ? 0 : Math.max(0, (now() - oldest) / 1000);
  });
  gauge('rehearse_memory_bytes', 'Resident memory of the collector, without ClickHouse', () =>
    process.memoryUsage.rss(),
  );
  meter
    .createObservableCounter('rehearse_redactions_total', { description: 'What was taken out, by rule' })
    .addCallback((result) => {
      for (const [rule, count] of Object.entries(redacted() ?? {})) result.observe(count, { rule });
    });
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'INTERNAL';
}
