import { describe, expect, it } from 'vitest';
import { collectorEnvironment } from './environment.ts';

describe('collectorEnvironment', () => {
  it('is empty by default', () => {
    expect(collectorEnvironment({ CLICKHOUSE_URL: '' })).toEqual({});
  });

  it('reads what is set', () => {
    expect(
      collectorEnvironment({
        CLICKHOUSE_URL: 'http://host:8123/agents',
        REHEARSE_HOUSEKEEPING: 'off',
        REHEARSE_MAX_BODY_BYTES: '1000',
        REHEARSE_MAX_SEGMENT_BYTES: '2000',
      }),
    ).toEqual({
      clickhouseUrl: 'http://host:8123/agents',
      sumsUp: false,
      maxBodyBytes: 1000,
      maxSegmentBytes: 2000,
    });
  });

  it('reads a server of each shard of a cluster', () => {
    const env = { CLICKHOUSE_URL: 'http://a:8123/agents,http://b:8123/agents', CLICKHOUSE_CLUSTER: 'agents' };
    expect(collectorEnvironment(env)).toEqual({
      cluster: { urls: ['http://a:8123/agents', 'http://b:8123/agents'], cluster: 'agents' },
    });
  });

  it.each([
    { CLICKHOUSE_URL: 'host:9000' },
    { CLICKHOUSE_URL: 'http://a:8123,http://b:8123' },
    { CLICKHOUSE_URL: 'http://a:8123,b:8123', CLICKHOUSE_CLUSTER: 'agents' },
    { CLICKHOUSE_CLUSTER: 'agents' },
    { CLICKHOUSE_URL: 'http://a:8123', CLICKHOUSE_CLUSTER: "a'b" },
    { REHEARSE_HOUSEKEEPING: 'no' },
    { REHEARSE_MAX_BODY_BYTES: '64MB' },
    { REHEARSE_MAX_BODY_BYTES: '0' },
    { REHEARSE_MAX_SEGMENT_BYTES: 'much' },
  ])('refuses %j', (env) => {
    expect(() => collectorEnvironment(env)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
