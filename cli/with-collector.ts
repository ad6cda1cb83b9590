import { resolve } from 'node:path';
import { runningCollector } from '../collector/running-collector.ts';
import { type CollectorClient, collectorAnswers, collectorClient } from './collector-client.ts';
import { withRunKey } from './run-key.ts';

const defaultUrl = 'http://127.0.0.1:4318';

/**
 * Runs `work` against the collector at REHEARSE_URL, else the one on this machine's default port, else one of its own
 * on `dataDirectory` that ends with the work. What is stored there is seen by the next `rehearse serve`.
 */
export async function withCollector<T>(
  dataDirectory: string,
  work: (collector: CollectorClient) => Promise<T>,
): Promise<T> {
  const named = process.env.REHEARSE_URL;
  if (named) return work(collectorClient(named, { lasting: true }));
  if (await collectorAnswers(defaultUrl)) {
    const running = runningCollector(resolve(dataDirectory));
    const key = running?.url === defaultUrl ? running.key : null;
    return withRunKey({ url: defaultUrl, key }, () => work(collectorClient(defaultUrl, { lasting: true })));
  }
  const { startOwnCollector } = await import('./own-collector.ts');
  const own = await startOwnCollector({ data: dataDirectory, port: 0 });
  try {
    return await withRunKey({ url: own.url, key: own.localKey }, () =>
      work(collectorClient(own.url, { lasting: false, key: own.localKey })),
    );
  } finally {
    await own.close();
  }
}
