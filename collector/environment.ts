import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { CollectorOptions } from './server.ts';

const bytes = z.coerce.number().int().positive();

/**
 * The options of a collector that are set in the environment: `CLICKHOUSE_URL`, `REHEARSE_HOUSEKEEPING`,
 * `REHEARSE_MAX_BODY_BYTES` and `REHEARSE_MAX_SEGMENT_BYTES`.
 *
 * @throws AppError USAGE
 */
export function collectorEnvironment(
  env: Record<string, string | undefined>,
): Pick<CollectorOptions, 'clickhouseUrl' | 'sumsUp' | 'maxBodyBytes' | 'maxSegmentBytes'> {
  const { CLICKHOUSE_URL: url } = env;
  if (url && !/^https?:\/\//.test(url)) {
    throw new AppError(
      'USAGE',
      `CLICKHOUSE_URL: expected http://user:password@host:8123/database, got ${url}`,
    );
  }
  const { REHEARSE_HOUSEKEEPING: housekeeping } = env;
  if (housekeeping && housekeeping !== 'on' && housekeeping !== 'off') {
    throw new AppError('USAGE', `REHEARSE_HOUSEKEEPING: expected on or off, got ${housekeeping}`);
  }
  const maxBodyBytes = bytesIn(env, 'REHEARSE_MAX_BODY_BYTES');
  const maxSegmentBytes = bytesIn(env, 'REHEARSE_MAX_SEGMENT_BYTES');
  return {
    ...(url ? { clickhouseUrl: url } : {}),
    ...(housekeeping === 'off' ? { sumsUp: false } : {}),
    ...(maxBodyBytes === null ? {} : { maxBodyBytes }),
    ...(maxSegmentBytes === null ? {} : { maxSegmentBytes }),
  };
}

function bytesIn(env: Record<string, string | undefined>, name: string): number | null {
  const given = env[name];
  if (!given) return null;
  const parsed = bytes.safeParse(given);
  if (!parsed.success) throw new AppError('USAGE', `${name}: expected a number of bytes, got ${given}`);
  return parsed.data;
}
