import { once } from 'node:events';
import { join } from 'node:path';
import { dashboardIsBuilt, startOwnCollector } from './own-collector.ts';

export type ServeOptions = {
  port: number;
  grpcPort: number | 'off';
  data: string;
  host?: string;
  allowedHost?: string[];
  dev?: boolean;
  config?: string;
  signal: AbortSignal;
};

/** Starts everything and stays up until the signal. */
export async function serve(options: ServeOptions): Promise<number> {
  const { port, grpcPort, data, host, allowedHost, dev, config, signal } = options;
  const collector = await startOwnCollector({
    data,
    port,
    grpcPort: grpcPort === 'off' ? null : grpcPort,
    ...(host === undefined ? {} : { host }),
    ...(allowedHost === undefined ? {} : { allowedHosts: allowedHost }),
    ...(config === undefined ? {} : { config }),
  });
  const dashboard = dev ? await serveSources(collector.url) : null;
  console.log(`collector  ${collector.url}/v1/traces`);
  if (collector.grpcUrl !== null) console.log(`gRPC       ${collector.grpcUrl}`);
  console.log(`dashboard  ${dashboard?.url ?? collector.url}/`);
  if (!dev && !dashboardIsBuilt()) console.log('           (not built yet: npm run build)');
  if (!signal.aborted) await once(signal, 'abort');
  await dashboard?.close();
  await collector.close();
  return 0;
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
