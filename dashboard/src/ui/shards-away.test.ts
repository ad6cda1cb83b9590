import { expect, it } from 'vitest';
import { shardsAwayText } from './shards-away.ts';

it('names the shards that do not answer, and says nothing while all do', () => {
  const [up, one, two] = [
    { name: 'a:8123', clickhouse: 'up' as const },
    { name: 'b:8123', clickhouse: 'down' as const },
    { name: 'c:8123', clickhouse: 'down' as const },
  ];
  expect(shardsAwayText({ shards: null })).toBeNull();
  expect(shardsAwayText({ shards: [up] })).toBeNull();
  expect(shardsAwayText({ shards: [up, one] })).toMatch(/the shard b:8123 does not answer/);
  expect(shardsAwayText({ shards: [up, one, two] })).toMatch(/the shards b:8123, c:8123 do not answer/);
});
