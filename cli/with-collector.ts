import { resolve } from 'node:path';
import { type CollectorAddress, runningCollector } from '../collector/running-collector.ts';
import { type CollectorClient, collectorAnswers, collectorClient } from './collector-client.ts';
import { withRunKey } from './run-key.ts';

const defaultUrl = 'http://127.0.0.1:4318';

/**
 * Runs `work` against the collector at REHEARSE_URL, else the one on this machine's default port, else one of its own
 * on `dataDirectory` that ends with the work. What is stored there is seen by the next `rehearse serve`. It asks with
 * REHEARSE_KEY, else with the key of the directory, where that is the collector's.
 *
 * @param lends whether `work` starts agents or workers, which need a key of their own: see `withRunKey`. A `rehearse` that
 * it starts needs none: it finds the key of the directory.
 */
export async function withCollector<T>(
  dataDirectory: string,
  work: (collector: CollectorClient) => Promise<T>,
  { lends = true } = {},
): Promise<T> {
  const lending = (address: CollectorAddress, then: () => Promise<T>) =>
    lends ? withRunKey(address, then) : then();
  const url = process.env.REHEARSE_URL || ((await collectorAnswers(defaultUrl)) ? defaultUrl : null);
  if (url !== null) {
    const running = runningCollector(resolve(dataDirectory));
    const key = running?.url === url ? running.key : null;
    const client = collectorClient(url, { lasting: true, key: process.env.REHEARSE_KEY || key });
    return lending({ url, key }, () => work(client));
  }
  const { startOwnCollector } = await import('./own-collector.ts');
  const own = await startOwnCollector({ data: dataDirectory, port: 0 });
  try {
    return await lending({ url: own.url, key: own.localKey }, () =>
      work(collectorClient(own.url, { lasting: false, key: own.localKey })),
    );
  } finally {
    await own.close();
  }
}
