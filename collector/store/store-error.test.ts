import { ClickHouseError } from '@clickhouse/client';
import { describe, expect, it } from 'vitest';
import { asStoreError } from './store-error.ts';

const clickHouse = (code: string) => new ClickHouseError({ code, type: 'X', message: 'first line\nsecond' });

describe('asStoreError', () => {
  it.each([
    ['a timeout of a read', clickHouse('159'), 'read', 'QUERY_LIMIT'],
    ['memory of a read', clickHouse('241'), 'read', 'QUERY_LIMIT'],
    ['memory of a write', clickHouse('241'), 'write', 'STORE_UNAVAILABLE'],
    ['too many parts', clickHouse('252'), 'write', 'STORE_UNAVAILABLE'],
    ['a full disk', clickHouse('243'), 'write', 'DISK_FULL'],
    ['a syntax error', clickHouse('62'), 'read', 'INTERNAL'],
    ['a refused connection', new Error('connect ECONNREFUSED'), 'write', 'STORE_UNAVAILABLE'],
  ] as const)('says of %s what it means', (_, error, kind, code) => {
    expect(asStoreError(error, kind)).toMatchObject({ code });
    expect(asStoreError(error, kind).message).not.toMatch(/\n/);
  });
});
