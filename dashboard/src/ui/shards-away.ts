/** What `GET /healthz` tells of the store; `shards` is `null` where that is one server. */
export type StoreHealth = { shards: readonly { name: string; clickhouse: 'up' | 'down' }[] | null };

/** What a reader is to know of a store of which a part does not answer; `null` where all does. */
export function shardsAwayText({ shards }: StoreHealth): string | null {
  const away = (shards ?? []).filter(({ clickhouse }) => clickhouse === 'down').map(({ name }) => name);
  if (away.length === 0) return null;
  const one = away.length === 1;
  return `Pages show a part of the data: the ${one ? 'shard' : 'shards'} ${away.join(', ')} ${one ? 'does' : 'do'} not answer. What comes in for ${one ? 'it' : 'them'} is kept by the collectors.`;
}
