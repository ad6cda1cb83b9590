import { queryOptions, useQuery } from '@tanstack/react-query';
import { Icon } from './icon.tsx';
import { type StoreHealth, shardsAwayText } from './shards-away.ts';

const pollMillis = 5000;

/** Asked again only where the store has shards. */
function storeHealthQuery() {
  return queryOptions({
    queryKey: ['store-health'],
    queryFn: async ({ signal }): Promise<StoreHealth> => (await fetch('/healthz', { signal })).json(),
    refetchInterval: ({ state }) => (state.data?.shards ? pollMillis : false),
    retry: false,
  });
}

/** On every page, since any of them may lack what lies on a shard that does not answer. */
export function ShardsNotice() {
  const { data } = useQuery(storeHealthQuery());
  const text = data ? shardsAwayText(data) : null;
  if (text === null) return null;
  return (
    <p className="notice shards-notice" role="status">
      <Icon name="warning" className="warn" /> {text}
    </p>
  );
}
