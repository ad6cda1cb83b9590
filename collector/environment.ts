import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { CollectorOptions } from './server.ts';

const bytes = z.coerce.number().int().positive();

/**
 * The options of a collector that are set in the environment: `CLICKHOUSE_URL` and `REHEARSE_MAX_BODY_BYTES`.
 *
 * @throws AppError USAGE
 */
export function collectorEnvironment(
  env: Record<string, string | undefined>,
): Pick<CollectorOptions, 'clickhouseUrl' | 'maxBodyBytes'> {
  const { CLICKHOUSE_URL: url, REHEARSE_MAX_BODY_BYTES: limit } = env;
  if (url && !/^https?:\/\//.test(url)) {
    throw new AppError(
      'USAGE',
      `CLICKHOUSE_URL: expected http://user:password@host:8123/database, got ${url}`,
    );
  }
  if (limit && !bytes.safeParse(limit).success) {
    throw new AppError('USAGE', `REHEARSE_MAX_BODY_BYTES: expected a number of bytes, got ${limit}`);
  }
  return {
    ...(url ? { clickhouseUrl: url } : {}),
    ...(limit ? { maxBodyBytes: bytes.parse(limit) } : {}),
  };
}
