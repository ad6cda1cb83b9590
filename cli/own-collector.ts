import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { loadConfig } from '../collector/config.ts';
import { collectorEnvironment } from '../collector/environment.ts';
import { type Log, prettyLog } from '../collector/observe/log.ts';
import { type Collector, startCollector } from '../collector/server.ts';

/** Where `npm run build:dashboard` puts it, seen from the sources and from the built command. */
const builtDashboard = join(
  import.meta.dirname,
  extname(import.meta.filename) === '.ts' ? '../dist/dashboard' : '../dashboard',
);

/** Whether there is a dashboard to serve. */
export function dashboardIsBuilt(): boolean {
  return existsSync(join(builtDashboard, 'index.html'));
}

export type OwnCollectorOptions = {
  data: string;
  port: number;
  /** Without one there is no gRPC. */
  grpcPort?: number | null;
  config?: string;
  host?: string;
  allowedHosts?: readonly string[];
  /** Whether it traces itself. */
  selfTraces?: boolean;
  /** Default: lines for people, on standard error. */
  log?: Log;
};

/** A collector in this process, set up by options, configuration file and environment, with the dashboard where it is built. */
export function startOwnCollector(options: OwnCollectorOptions): Promise<Collector> {
  const { redaction, retention, alerts } = loadConfig(options.config);
  return startCollector({
    dataDirectory: options.data,
    port: options.port,
    grpcPort: options.grpcPort ?? null,
    redaction,
    retention,
    alerts,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.allowedHosts === undefined ? {} : { allowedHosts: options.allowedHosts }),
    ...collectorEnvironment(process.env),
    ...(dashboardIsBuilt() ? { dashboardDirectory: builtDashboard } : {}),
    selfTraces: options.selfTraces ?? false,
    log: options.log ?? prettyLog(console.error),
  });
}
