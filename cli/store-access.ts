import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type CollectorAddress, runningCollector } from '../collector/running-collector.ts';
import { AppError, ERRORS, type ErrorBody } from '../domain/errors.ts';

/** Which store a command is about: that of a collector, or that in a directory, whoever holds it now. */
export type StoreOptions = { url?: string; data: string };

/**
 * Does `work` through the collector of a store: the one at `url` (or REHEARSE_URL), else the one that holds the data
 * directory now, else one of its own that ends with the work.
 *
 * @param work is given the collector's address and key, and whether it stays up: whether its pages can be named
 * @throws AppError DATA_DIRECTORY_MISSING
 */
export async function withStore<T>(
  { url = process.env.REHEARSE_URL, data }: StoreOptions,
  work: (collector: CollectorAddress, lasting: boolean) => Promise<T>,
): Promise<T> {
  const running = url ? { url: url.replace(/\/$/, ''), key: null } : runningCollector(resolve(data));
  if (running) return work(withOwnKey(running), true);
  if (!existsSync(data)) {
    throw new AppError('DATA_DIRECTORY_MISSING', `expected a data directory of Rehearse at ${resolve(data)}`);
  }
  const { startOwnCollector } = await import('./own-collector.ts');
  const own = await startOwnCollector({ data, port: 0 });
  try {
    return await work(withOwnKey({ url: own.url, key: own.localKey }), false);
  } finally {
    await own.close();
  }
}

/** With the key that the person has set, where one is. */
function withOwnKey({ url, key }: CollectorAddress): CollectorAddress {
  return { url, key: process.env.REHEARSE_KEY || key };
}

/**
 * Asks a collector and gives the answer as it comes.
 *
 * @param body is sent as JSON @param stream is sent as it comes @param method POST with a body and GET without, by default
 * @throws AppError the collector's own refusal, or COLLECTOR_UNREACHABLE
 */
export async function askCollector(
  { url, key }: CollectorAddress,
  path: string,
  { body, stream, method = body || stream ? 'POST' : 'GET', project, signal }: AskOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const headers = {
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(project === undefined ? {} : { 'x-rehearse-project': project }),
    ...(body && { 'content-type': 'application/json' }),
  };
  const streamed = { body: stream && (Readable.toWeb(stream) as ReadableStream), duplex: 'half' as const };
  const request = {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
    ...(stream && streamed),
    signal,
  };
  const response = await fetch(url + path, request).catch((cause: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw new AppError('COLLECTOR_UNREACHABLE', `expected a collector at ${url}, but it does not answer`, {
      cause,
    });
  });
  if (response.ok && response.body) return response.body;
  const refusal = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
  const error = refusal?.error;
  if (error && error.code in ERRORS) throw new AppError(error.code, error.message);
  throw new AppError('COLLECTOR_UNREACHABLE', `the collector at ${url} answered ${response.status}`);
}

type AskOptions = {
  body?: object;
  stream?: Readable;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  project?: string;
  signal: AbortSignal;
};
