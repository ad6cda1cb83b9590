import { ClickHouseError } from '@clickhouse/client';
import { AppError } from '../../domain/errors.ts';

/** ClickHouse's error codes, https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const LIMITS = new Set([
  '158', // too many rows
  '159', // timeout exceeded
  '160', // too slow
  '241', // memory limit exceeded
  '307', // too many bytes
  '396', // too many rows or bytes in the result
]);
const BUSY = new Set([
  '32', // a shard went away while it answered
  '164', // read only
  '173', // cannot allocate memory
  '194', // password required
  '198', // the name of a shard is not known
  '202', // too many simultaneous queries
  '209', // socket timeout
  '210', // network error
  '236', // aborted: it is stopping
  '242', // table is read only
  '252', // too many parts
  '279', // a shard does not answer
  '319', // unknown status of insert
  '394', // query was cancelled
  '439', // cannot schedule a task
  '497', // not enough privileges
  '516', // authentication failed
  '999', // Keeper is away
]);
const DISK = new Set([
  '243', // not enough space
  '75', // cannot write to file descriptor
]);

/**
 * What a failure of the store means to the caller: a question that is too large, a full disk, a defect of ours (a
 * statement that ClickHouse refuses), or else a store that cannot be reached now. A write that runs into a limit is
 * one that may succeed later.
 */
export function asStoreError(error: unknown, kind: 'read' | 'write'): AppError {
  if (error instanceof AppError) return error;
  const message = firstLine(error);
  if (!(error instanceof ClickHouseError)) {
    return new AppError('STORE_UNAVAILABLE', `ClickHouse does not answer: ${message}`, { cause: error });
  }
  if (DISK.has(error.code) || /No space left/.test(error.message)) {
    return new AppError('DISK_FULL', `ClickHouse could not write: ${message}`, { cause: error });
  }
  if (LIMITS.has(error.code) && kind === 'read') {
    return new AppError('QUERY_LIMIT', `the question is too large: ${message}`, { cause: error });
  }
  if (LIMITS.has(error.code) || BUSY.has(error.code)) {
    return new AppError('STORE_UNAVAILABLE', `ClickHouse is too busy: ${message}`, { cause: error });
  }
  return new AppError('INTERNAL', `ClickHouse refused a query (${error.code}): ${message}`, { cause: error });
}

/** Whether the store, or the part of it that was asked, cannot be reached now. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'STORE_UNAVAILABLE';
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
