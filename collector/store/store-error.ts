import { ClickHouseError } from '@clickhouse/client';
import { AppError } from '../../domain/errors.ts';

/** ClickHouse's numbers for running into a limit that the query was given. */
const limitCodes = new Set(['159', '160', '241', '396', '158', '307']);
const diskCodes = new Set(['243', '75']);

/**
 * What a failure of the store means to the caller: a query that was too large, a full disk, a defect of ours (a query
 * that ClickHouse refuses), or, for everything else, a store that cannot be reached now.
 */
export function asStoreError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = firstLine(error);
  if (!(error instanceof ClickHouseError)) {
    return new AppError('STORE_UNAVAILABLE', `ClickHouse does not answer: ${message}`, { cause: error });
  }
  if (limitCodes.has(error.code)) {
    return new AppError('QUERY_LIMIT', `the question is too large to answer: ${message}`, { cause: error });
  }
  if (diskCodes.has(error.code) || /No space left/.test(error.message)) {
    return new AppError('DISK_FULL', `ClickHouse could not write: ${message}`, { cause: error });
  }
  return new AppError('INTERNAL', `ClickHouse refused a query (${error.code}): ${message}`, { cause: error });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
