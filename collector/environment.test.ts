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

  it.each([
    { CLICKHOUSE_URL: 'host:9000' },
    { REHEARSE_HOUSEKEEPING: 'no' },
    { REHEARSE_MAX_BODY_BYTES: '64MB' },
    { REHEARSE_MAX_BODY_BYTES: '0' },
    { REHEARSE_MAX_SEGMENT_BYTES: 'much' },
  ])('refuses %j', (env) => {
    expect(() => collectorEnvironment(env)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
