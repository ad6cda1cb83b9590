import { randomBytes, randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { ProjectId } from '../domain/ids.ts';
import { priceBook } from '../domain/price-book.ts';
import type { Authenticate } from './access/access.ts';
import { accessCopyIn } from './access/access-copy.ts';
import { createLimits } from './access/limits.ts';
import type { OidcOptions } from './access/oidc.ts';
import { isLoopback, openAccess } from './access/open-access.ts';
import type { ScryptParameters } from './access/password.ts';
import type { Registry } from './access/registry.ts';
import { AlertsConfig } from './alerts/alerts-config.ts';
import { watchAlerts } from './alerts/watch-alerts.ts';
import { openBackups } from './backup/make-backup.ts';
import { backupsOfCluster } from './cluster/backups-of-cluster.ts';
import type { ClusterOptions } from './cluster/open-cluster.ts';
import { openOutbox } from './cluster/open-outbox.ts';
import { openControl } from './control/open-control.ts';
import { openDeletions } from './deletion/deletions.ts';
import { openTombstones } from './deletion/tombstones.ts';
import { type GrpcServer, startGrpc } from './grpc/start-grpc.ts';
import { openGate } from './housekeeping/gate.ts';
import { keepHouse } from './housekeeping/keep-house.ts';
import { listenEarly } from './http/early-server.ts';
import { answerUpgrades } from './http/upgrades.ts';
import { DEFAULT_PRICES, loadPrices } from './ingest/load-prices.ts';
import { segmentSink } from './ingest/span-sink.ts';
import { LiveTail } from './live/live-tail.ts';
import type { Log } from './observe/log.ts';
import { openMeters } from './observe/meters.ts';
import { NO_SELF_TRACES, openSelfTraces, SELF_PROJECT } from './observe/self-traces.ts';
import { bodyBudget } from './otlp/body-budget.ts';
import { createReceiver, type Receive } from './otlp/receiver.ts';
import { openProjects } from './project.ts';
import type { RedactionConfig } from './redaction/redaction-config.ts';
import { createRedactor } from './redaction/redactor.ts';
import { openRetention } from './retention/retention.ts';
import { RetentionConfig } from './retention/retention-config.ts';
import { announceCollector } from './running-collector.ts';
import { createServerApp } from './server-app.ts';
import { backupsIn, openClickHouse } from './store/open-clickhouse.ts';
import { takeDirectory } from './store/take-directory.ts';

export type CollectorOptions = {
  /** Holds what waits for ClickHouse and, without `clickhouseUrl`, its data and its log; made where it is missing. */
  dataDirectory: string;
  /** 0 takes a free one. */
  port: number;
  /** Of OTLP over gRPC; 0 takes a free one. Default `null`: none. */
  grpcPort?: number | null;
  /** Default 127.0.0.1. One that others reach needs a key or a person. */
  host?: string;
  /** Names under which it is reached, besides those of this machine. */
  allowedHosts?: readonly string[];
  /** A provider by which people sign in. */
  oidc?: OidcOptions;
  /** How passwords are hashed. Default: as OWASP advises. */
  scrypt?: ScryptParameters;
  /** A server to use instead of an own one: `http://user:password@host:8123/database`. */
  clickhouseUrl?: string;
  /** Servers to use instead of one, each with its shard. */
  cluster?: ClusterOptions;
  /** The built dashboard; without it only the API answers. */
  dashboardDirectory?: string;
  /** A price list instead of the one that comes with Rehearse. */
  pricesPath?: string;
  /** What is taken out of spans, logs and metrics before they are stored. Default `off`. */
  redaction?: RedactionConfig;
  /** How long data is kept. Default: for ever. */
  retention?: RetentionConfig;
  /**
   * Whether this collector sums up hours, their words and loops: in one of those that share a database. Default `true`.
   */
  sumsUp?: boolean;
  /** What is watched, and who is told. Default: nothing. */
  alerts?: AlertsConfig;
  /** Of a request, before and after inflating. Default 64 MiB. */
  maxBodyBytes?: number;
  /** Of spans on disk that wait for ClickHouse. Default 1 GiB. */
  maxSegmentBytes?: number;
  /** Whether it traces itself, into its project `rehearse`. Default `false`. */
  selfTraces?: boolean;
  /** Told what happened. Default: nobody is. */
  log?: Log;
};

export type Collector = {
  /** `http://127.0.0.1:4318` */
  url: string;
  /** `http://127.0.0.1:4317`; `null` without gRPC. */
  grpcUrl: string | null;
  /** Lets commands in that can read the data directory: it ends with the collector. */
  localKey: string;
  /** Resolves when readers see all that was acknowledged before. */
  settled(signal?: AbortSignal): Promise<void>;
  /** Answers what is under way, then stops. */
  close(): Promise<void>;
};

const maxSeed = 2 ** 31;
const localKeyBytes = 32;
const defaultMaxBodyBytes = 64 * 1024 * 1024;
/** Of a WebSocket's frame: what an agent says of itself is short. */
const maxFrameBytes = 64 * 1024;
/** Of the largest size, that may be under way together. */
const bodiesAtOnce = 4;

/**
 * Starts the collector: its store, then its port.
 *
 * @throws AppError PORT_IN_USE, DATA_DIRECTORY_LOCKED, CLICKHOUSE_START_FAILED, DISK_FULL, STORE_UNAVAILABLE,
 * SCHEMA_MISMATCH, BIND_REFUSED; nothing keeps running then.
 * @example const collector = await startCollector({ dataDirectory: '.rehearse/data', port: 4318 });
 */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { host = '127.0.0.1', grpcPort = null, maxBodyBytes = defaultMaxBodyBytes, log = () => {} } = options;
  const prices = priceBook(loadPrices(options.pricesPath ?? DEFAULT_PRICES));
  // The port first: a port in use is found before a database is started for nothing.
  const door = await listenEarly(options.port, host);
  const receiver = Promise.withResolvers<Receive>();
  receiver.promise.catch(() => {});
  const bodies = bodyBudget(bodiesAtOnce * maxBodyBytes);
  let grpc: GrpcServer | null = null;
  /** What is to be ended, the latest first, once no request is under way any more. */
  const opened: (() => Promise<void> | void)[] = [];
  const meters = openMeters();
  const known = Promise.withResolvers<Authenticate>();
  known.promise.catch(() => {});
  const limits = createLimits(() => performance.now());
  const localKey = randomBytes(localKeyBytes).toString('base64url');
  const live = new LiveTail({ now: () => performance.now() });
  const receiveLater: Receive = async (...request) => (await receiver.promise)(...request);
  const selfTraces = options.selfTraces ? openSelfTraces(receiveLater) : NO_SELF_TRACES;
  let endSockets = () => {};
  const close = async () => {
    live.close();
    endSockets();
    await Promise.all([door.stop(), grpc?.close()]);
    for (const end of opened.toReversed()) await end();
  };
  try {
    if (grpcPort !== null) {
      const authenticate: Authenticate = async (headers) => (await known.promise)(headers);
      grpc = await startGrpc({
        authenticate,
        limits,
        receive: receiveLater,
        bodies,
        host,
        port: grpcPort,
        maxBodyBytes,
        log,
      });
    }
    const dataDirectory = resolve(options.dataDirectory);
    const lock = takeDirectory(dataDirectory);
    opened.push(() => lock.release());
    const clickHouse = await openClickHouse({ ...options, dataDirectory, log });
    opened.push(() => clickHouse.close());
    const { missing, home, sql, transfer, database } = clickHouse;
    const store = selfTraces.store(clickHouse.store);
    const readers = selfTraces.store(clickHouse.readers);
    const ended = new AbortController();
    const { oidc, scrypt } = options;
    const access = await openAccess({
      store: home,
      ...(clickHouse.shards === null ? {} : { copy: accessCopyIn(dataDirectory) }),
      host,
      localKey,
      ...(oidc === undefined ? {} : { oidc }),
      ...(scrypt === undefined ? {} : { scrypt }),
      log,
      signal: ended.signal,
    });
    if (options.selfTraces) await makeProject(access.registry, SELF_PROJECT);
    known.resolve(access.authenticate);
    const { maxSegmentBytes } = options;
    const { segments, shards, health } = await openOutbox({
      directory: dataDirectory,
      clickHouse,
      around: meters.blocks,
      log,
      now: Date.now,
      ...(maxSegmentBytes === undefined ? {} : { maxBytes: maxSegmentBytes }),
    });
    opened.push(() => segments.close());
    const tombstones = openTombstones();
    const { settled } = segments;
    const deletions = await openDeletions({
      store,
      home,
      tombstones,
      settled,
      log,
      now: Date.now,
      signal: ended.signal,
    });
    const deleted = (project: ProjectId) => tombstones.of(project);
    const retention = openRetention({
      store,
      config: options.retention ?? RetentionConfig.parse(undefined),
      log,
      now: Date.now,
      signal: ended.signal,
    });
    const gate = openGate();
    const housekeeping = keepHouse(
      { store, deletions, retention, gate, sumsUp: options.sumsUp ?? true, log, now: Date.now },
      ended.signal,
    );
    opened.push(async () => {
      ended.abort();
      await housekeeping;
    });
    const sink = segmentSink({ log: segments, prices, live, deleted, shards, seed: randomInt(maxSeed) });
    opened.push(() => sink.close());
    const redactor = createRedactor(options.redaction ?? 'off');
    const receive = meters.receive(
      selfTraces.receive(
        createReceiver({
          sink,
          append: segments.append,
          redact: redactor?.redact ?? ((request) => request),
          deleted,
          shards,
        }),
      ),
    );
    receiver.resolve(receive);
    opened.push(() => selfTraces.close());
    meters.watch({
      segments,
      isUp: () => store.ping(),
      redacted: () => redactor?.counts() ?? null,
      now: Date.now,
    });
    const control = openControl({ now: Date.now, receive, log });
    opened.push(() => control.close());
    const projectOf = openProjects({
      store,
      readers,
      sql,
      transfer,
      prices,
      live,
      control,
      deletions,
      retention,
      tombstones,
    });
    const config = options.alerts ?? AlertsConfig.parse({});
    const alerts = watchAlerts({ config, store, projectOf, receive, now: Date.now, log });
    opened.push(() => alerts.close());
    const directory = backupsIn(dataDirectory);
    const backups =
      clickHouse.shards === null
        ? openBackups({ store, database, segments, gate, directory, now: Date.now })
        : backupsOfCluster;
    const app = createServerApp({
      store,
      missing,
      shards: health,
      ...access,
      limits,
      projectOf,
      alerts,
      backups,
      meters,
      selfTraces,
      segments,
      redactor,
      tombstones,
      settled,
      receive,
      outcomes: { append: segments.append, redact: redactor?.redact ?? null, deleted },
      bodies,
      maxBodyBytes,
      loopback: isLoopback(host),
      allowedHosts: options.allowedHosts ?? [],
      dashboardDirectory: options.dashboardDirectory ?? null,
      now: Date.now,
      log,
    });
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${door.port}`;
    opened.push(announceCollector(dataDirectory, { url, key: localKey }));
    endSockets = answerUpgrades(door.server, async (request, env) => app.fetch(request, env), maxFrameBytes);
    door.answerBy(getRequestListener(app.fetch));
    return {
      url,
      grpcUrl: grpc?.url ?? null,
      localKey,
      settled,
      close,
    };
  } catch (error) {
    door.giveUp(error);
    receiver.reject(error);
    known.reject(error);
    await close();
    throw error;
  }
}

async function makeProject(registry: Registry, id: ProjectId): Promise<void> {
  if (registry.projects().some((project) => project.id === id)) return;
  await registry.putProject({ id, createdAt: Date.now(), removedAt: null });
}
