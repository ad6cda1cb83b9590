import { type CollectorClient, collectorAnswers, collectorClient } from './collector-client.ts';

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
  if (await collectorAnswers(defaultUrl)) return work(collectorClient(defaultUrl, { lasting: true }));
  const { startOwnCollector } = await import('./own-collector.ts');
  const own = await startOwnCollector({ data: dataDirectory, port: 0 });
  try {
    return await work(collectorClient(own.url, { lasting: false, key: own.localKey }));
  } finally {
    await own.close();
  }
}
