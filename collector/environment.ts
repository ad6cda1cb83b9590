import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { OidcOptions } from './access/oidc.ts';
import type { CollectorOptions } from './server.ts';

const bytes = z.coerce.number().int().positive();

/**
 * The options of a collector that are set in the environment: `CLICKHOUSE_URL`, of several shards with
 * `CLICKHOUSE_CLUSTER`, `REHEARSE_HOUSEKEEPING`, `REHEARSE_MAX_BODY_BYTES`, `REHEARSE_MAX_SEGMENT_BYTES`, and the provider
 * of sign-in: `REHEARSE_OIDC_ISSUER` and what goes with it.
 *
 * @throws AppError USAGE
 */
export function collectorEnvironment(
  env: Record<string, string | undefined>,
): Pick<
  CollectorOptions,
  'clickhouseUrl' | 'cluster' | 'sumsUp' | 'maxBodyBytes' | 'maxSegmentBytes' | 'oidc'
> {
  const { REHEARSE_HOUSEKEEPING: housekeeping } = env;
  if (housekeeping && housekeeping !== 'on' && housekeeping !== 'off') {
    throw new AppError('USAGE', `REHEARSE_HOUSEKEEPING: expected on or off, got ${housekeeping}`);
  }
  const maxBodyBytes = bytesIn(env, 'REHEARSE_MAX_BODY_BYTES');
  const maxSegmentBytes = bytesIn(env, 'REHEARSE_MAX_SEGMENT_BYTES');
  const oidc = oidcIn(env);
  return {
    ...(oidc === null ? {} : { oidc }),
    ...storeIn(env),
    ...(housekeeping === 'off' ? { sumsUp: false } : {}),
    ...(maxBodyBytes === null ? {} : { maxBodyBytes }),
    ...(maxSegmentBytes === null ? {} : { maxSegmentBytes }),
  };
}

/** One server, or with the name of a cluster a server of each of its shards. */
function storeIn(
  env: Record<string, string | undefined>,
): Pick<CollectorOptions, 'clickhouseUrl' | 'cluster'> {
  const { CLICKHOUSE_URL: given, CLICKHOUSE_CLUSTER: cluster } = env;
  const urls = (given ?? '').split(',').filter((url) => url !== '');
  for (const url of urls) {
    if (/^https?:\/\//.test(url)) continue;
    throw new AppError(
      'USAGE',
      `CLICKHOUSE_URL: expected http://user:password@host:8123/database, got ${url}`,
    );
  }
  const [url] = urls;
  if (cluster) {
    if (!/^\w[\w.-]*$/.test(cluster)) {
      throw new AppError('USAGE', `CLICKHOUSE_CLUSTER: expected the name of a cluster, got ${cluster}`);
    }
    if (url === undefined) {
      throw new AppError(
        'USAGE',
        'CLICKHOUSE_URL: expected a URL for each shard of CLICKHOUSE_CLUSTER, got none',
      );
    }
    return { cluster: { urls, cluster } };
  }
  if (urls.length > 1) {
    throw new AppError(
      'USAGE',
      `CLICKHOUSE_CLUSTER: expected the name of the cluster whose ${urls.length} shards CLICKHOUSE_URL names, got none`,
    );
  }
  return url === undefined ? {} : { clickhouseUrl: url };
}

const oidcNames = {
  issuer: 'REHEARSE_OIDC_ISSUER',
  clientId: 'REHEARSE_OIDC_CLIENT_ID',
  clientSecret: 'REHEARSE_OIDC_CLIENT_SECRET',
  publicUrl: 'REHEARSE_PUBLIC_URL',
} as const;

/** All four, or none. */
function oidcIn(env: Record<string, string | undefined>): OidcOptions | null {
  const { issuer, clientId, clientSecret, publicUrl } = oidcNames;
  if (!env[issuer]) return null;
  const given = (name: string) => {
    const value = env[name];
    if (!value) throw new AppError('USAGE', `${name}: expected a value beside ${issuer}, got none`);
    return value;
  };
  const found = {
    issuer: given(issuer),
    clientId: given(clientId),
    clientSecret: given(clientSecret),
    publicUrl: given(publicUrl),
  };
  for (const name of [issuer, publicUrl]) {
    if (!URL.canParse(env[name] ?? ''))
      throw new AppError('USAGE', `${name}: expected an address, got ${env[name]}`);
  }
  return found;
}

function bytesIn(env: Record<string, string | undefined>, name: string): number | null {
  const given = env[name];
  if (!given) return null;
  const parsed = bytes.safeParse(given);
  if (!parsed.success) throw new AppError('USAGE', `${name}: expected a number of bytes, got ${given}`);
  return parsed.data;
}
