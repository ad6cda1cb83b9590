import { once } from 'node:events';
import { join } from 'node:path';
import { defectFields, jsonLog, type Log, prettyLog } from '../collector/observe/log.ts';
import { ownVersion } from '../collector/own-version.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import { dashboardIsBuilt, startOwnCollector } from './own-collector.ts';

export type ServeOptions = {
  port: number;
  grpcPort: number | 'off';
  data: string;
  host?: string;
  allowedHost?: string[];
  dev?: boolean;
  config?: string;
  log: 'pretty' | 'json';
  selfTraces?: boolean;
  signal: AbortSignal;
};

/** Starts everything and stays up until the signal. */
export async function serve(options: ServeOptions): Promise<number> {
  if (options.log === 'pretty') return serveLogging(options, prettyLog(console.error), printAddresses);
  const log = jsonLog(console.log, Date.now);
  try {
    return await serveLogging(options, log, ({ url, grpcUrl }) =>
      log('collector.started', `the collector listens at ${url}`, { url, grpcUrl, version: ownVersion() }),
    );
  } catch (error) {
    const known = error instanceof AppError ? error : null;
    const fields = known ? { code: known.code, hint: known.hint } : defectFields(error);
    log('collector.failed', messageOf(error), fields);
    return known?.exit ?? 3;
  }
}

type Addresses = { url: string; grpcUrl: string | null; dashboardUrl: string };

async function serveLogging(
  { port, grpcPort, data, host, allowedHost, dev, config, selfTraces, signal }: ServeOptions,
  log: Log,
  tellStarted: (addresses: Addresses) => void,
): Promise<number> {
  const collector = await startOwnCollector({
    data,
    port,
    grpcPort: grpcPort === 'off' ? null : grpcPort,
    log,
    ...(selfTraces === undefined ? {} : { selfTraces }),
    ...(host === undefined ? {} : { host }),
    ...(allowedHost === undefined ? {} : { allowedHosts: allowedHost }),
    ...(config === undefined ? {} : { config }),
  });
  const { url, grpcUrl } = collector;
  const sources = dev ? await serveSources(url) : null;
  tellStarted({ url, grpcUrl, dashboardUrl: sources?.url ?? url });
  if (!signal.aborted) await once(signal, 'abort');
  log('collector.stopping', 'the collector answers what is under way and stops');
  await sources?.close();
  await collector.close();
  return 0;
}

function printAddresses({ url, grpcUrl, dashboardUrl }: Addresses): void {
  console.log(`collector  ${url}/v1/traces`);
  if (grpcUrl !== null) console.log(`gRPC       ${grpcUrl}`);
  console.log(`dashboard  ${dashboardUrl}/`);
  if (dashboardUrl === url && !dashboardIsBuilt()) console.log('           (not built yet: npm run build)');
}

/** The dashboard from its sources, with the API behind the same address. */
async function serveSources(api: string) {
  const { createServer } = await import('vite');
  const server = await createServer({
    root: join(import.meta.dirname, '../dashboard'),
    server: { port: 5173, proxy: { '/api': api, '/v1': api, '/healthz': api } },
  });
  await server.listen();
  const url = (server.resolvedUrls?.local[0] ?? 'http://localhost:5173/').replace(/\/$/, '');
  return { url, close: () => server.close() };
}
