import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { runningCollector } from '../collector/running-collector.ts';
import { AppError, ERRORS, type ErrorBody } from '../domain/errors.ts';

/** Which store a command is about: that of a collector, or that in a directory, whoever holds it now. */
export type StoreOptions = { url?: string; data: string };

/**
 * Does `work` through the collector of a store: the one at `url` (or REHEARSE_URL), else the one that holds the data
 * directory now, else one of its own that ends with the work.
 *
 * @param work is given the collector's address, and whether it stays up: whether its pages can be named
 * @throws AppError DATA_DIRECTORY_MISSING
 */
export async function withStore<T>(
  { url = process.env.REHEARSE_URL, data }: StoreOptions,
  work: (url: string, lasting: boolean) => Promise<T>,
): Promise<T> {
  const named = url || runningCollector(resolve(data));
  if (named) return work(named.replace(/\/$/, ''), true);
  if (!existsSync(data)) {
    throw new AppError('DATA_DIRECTORY_MISSING', `expected a data directory of Rehearse at ${resolve(data)}`);
  }
  const { startOwnCollector } = await import('./own-collector.ts');
  const own = await startOwnCollector({ data, port: 0 });
  try {
    return await work(own.url, false);
  } finally {
    await own.close();
  }
}

/**
 * Asks a collector and gives the answer as it comes.
 *
 * @param body is sent as JSON @param stream is sent as it comes @param method POST with a body and GET without, by default
 * @throws AppError the collector's own refusal, or COLLECTOR_UNREACHABLE
 */
export async function askCollector(
  url: string,
  path: string,
  { body, stream, method = body || stream ? 'POST' : 'GET', signal }: AskOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const sent = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const streamed = { body: stream && (Readable.toWeb(stream) as ReadableStream), duplex: 'half' as const };
  const request = { method, ...(body && sent), ...(stream && streamed), signal };
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
  method?: 'GET' | 'POST' | 'DELETE';
  signal: AbortSignal;
};
