import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { collectorEnvironment } from '../collector/environment.ts';
import { type Collector, startCollector } from '../collector/server.ts';

const builtDashboard = join(import.meta.dirname, '../dist/dashboard');

/** Whether there is a dashboard to serve. */
export function dashboardIsBuilt(): boolean {
  return existsSync(join(builtDashboard, 'index.html'));
}

/** A collector in this process, set up by options and environment, with the dashboard where it is built. */
export function startOwnCollector(options: { data: string; port: number }): Promise<Collector> {
  return startCollector({
    dataDirectory: options.data,
    port: options.port,
    ...collectorEnvironment(process.env),
    ...(dashboardIsBuilt() ? { dashboardDirectory: builtDashboard } : {}),
    log: (line) => console.error(line),
  });
}
