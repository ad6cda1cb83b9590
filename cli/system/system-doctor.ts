import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CONFIG_FILE, loadConfig } from '../../collector/config.ts';
import { collectorEnvironment } from '../../collector/environment.ts';
import { ownVersion, triedClickHouse } from '../../collector/own-version.ts';
import { type CollectorAddress, runningCollector } from '../../collector/running-collector.ts';
import { DEFAULT_MAX_SEGMENT_BYTES } from '../../collector/segments/segment-log.ts';
import { type Check, fail, ok, reasonOf, warn } from './check.ts';
import { type ClickHouseFacts, clickHouseChecks } from './clickhouse.ts';
import { diskChecks, readDisk } from './disk.ts';
import { memoryCheck } from './memory.ts';
import { portCheck, readPort } from './ports.ts';
import { reachCheck } from './reach.ts';
import { readOwnServer, readServer, readThroughCollector } from './read-clickhouse.ts';
import { systemReport } from './system-report.ts';
import { versionChecks } from './versions.ts';

/** As `serve` takes them. */
export type SystemOptions = {
  data: string;
  port: number;
  grpcPort: number | 'off';
  host?: string;
  config?: string;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
};

/**
 * Looks at what Rehearse needs of this machine, prints what was found, what was expected and what to do, and gives the
 * exit code: 2 where something fails, else 0.
 */
export async function systemDoctor({
  json,
  ...options
}: SystemOptions & { json?: boolean }): Promise<number> {
  const checks = await examineSystem(options);
  if (json) console.log(JSON.stringify({ checks }, null, 2));
  else process.stdout.write(systemReport(checks, { color: process.stdout.hasColors?.() ?? false }));
  return checks.some(({ status }) => status === 'fail') ? 2 : 0;
}

/** @throws AppError USAGE for a setting in the environment that is none */
export async function examineSystem(options: SystemOptions): Promise<Check[]> {
  const { port, grpcPort, host = '127.0.0.1', config, env, signal } = options;
  const data = resolve(options.data);
  const { clickhouseUrl, maxSegmentBytes = DEFAULT_MAX_SEGMENT_BYTES } = collectorEnvironment(env);
  const collector = runningCollector(data);
  const uses = [
    { number: port, use: 'HTTP' },
    ...(grpcPort === 'off' ? [] : [{ number: grpcPort, use: 'OTLP over gRPC' }]),
  ].filter(({ number }) => number !== 0);
  const [disk, ports, health, facts] = await Promise.all([
    readDisk(data),
    Promise.all(uses.map(({ number, use }) => readPort(number, use, host))),
    collector === null ? null : readHealth(collector, signal),
    readClickHouse({ clickhouseUrl, collector, data, signal }),
  ]);
  const server = clickhouseUrl === undefined ? null : new URL(clickhouseUrl).host;
  return [
    ...versionChecks({ node: process.versions.node, own: ownVersion(), running: health?.version ?? null }),
    configCheck(config),
    ...diskChecks(disk, maxSegmentBytes),
    memoryCheck(process.availableMemory(), collector !== null),
    ...ports.map((facts) => portCheck(facts, collector?.url ?? null)),
    ...clickHouseChecks(facts, server, triedClickHouse()),
    reachCheck(host, facts.kind === 'answers' ? facts.guarded : null),
    ...(health === null ? [] : [collectorCheck(health)]),
  ];
}

type Whereabouts = {
  clickhouseUrl: string | undefined;
  collector: CollectorAddress | null;
  data: string;
  signal: AbortSignal;
};

function readClickHouse({ clickhouseUrl, collector, data, signal }: Whereabouts): Promise<ClickHouseFacts> {
  if (clickhouseUrl !== undefined) return readServer(clickhouseUrl);
  if (collector !== null) return readThroughCollector(collector, signal);
  return readOwnServer(existsSync(data) ? data : null);
}

function configCheck(path: string | undefined): Check {
  const expected = 'a configuration that can be read, or none';
  try {
    loadConfig(path);
    return ok('configuration', path ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : 'none'), expected);
  } catch (error) {
    return fail('configuration', reasonOf(error), expected, 'Correct the named part of the file.');
  }
}

const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  segments: z.object({ segments: z.int(), quarantined: z.int() }),
});
type Health = { url: string; version: string | null; answer: z.output<typeof Health> | { reason: string } };

async function readHealth({ url }: CollectorAddress, signal: AbortSignal): Promise<Health> {
  try {
    const answer = Health.parse(await (await fetch(`${url}/healthz`, { signal })).json());
    const description: unknown = await (await fetch(`${url}/api/openapi.json`, { signal })).json();
    const { info } = z.object({ info: z.object({ version: z.string() }) }).parse(description);
    return { url, version: info.version, answer };
  } catch (error) {
    signal.throwIfAborted();
    return { url, version: null, answer: { reason: reasonOf(error) } };
  }
}

function collectorCheck({ url, answer }: Health): Check {
  const expected = 'one that takes what is sent, and nothing set aside';
  const name = 'collector';
  if ('reason' in answer) return fail(name, `${url}: ${answer.reason}`, expected, 'See the log of serve.');
  const { status, segments } = answer;
  const found = `${status} at ${url}, ${segments.segments} segments wait, ${segments.quarantined} set aside`;
  if (status === 'down')
    return fail(name, found, expected, 'Free some space, and see what ClickHouse says: serve logs it.');
  if (status === 'degraded') return warn(name, found, expected, 'ClickHouse does not answer: see its log.');
  if (segments.quarantined > 0)
    return warn(name, found, expected, 'Look at <data>/quarantine: docs/reference/segments.md.');
  return ok(name, found, expected);
}
