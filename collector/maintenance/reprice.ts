import type { PriceBook } from '../../domain/price-book.ts';
import { type PricedSpan, priceCall } from '../../domain/price-call.ts';
import { readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import type { MaintenanceStep } from './maintenance.ts';
import { type StoredCall, storedCalls } from './stored-calls.ts';
import type { Window } from './window.ts';

export type RepriceDeps = { store: Pick<Store, 'each' | 'shards'>; prices: PriceBook; project: string };

const putPrices = readSql('put-prices.sql', import.meta.dirname);
/** Calls whose prices are put at once. */
const changesAtOnce = 5000;

/** Prices the stored calls of a window by the price list of now. It may be cut off and be run again at any time. */
export async function* reprice(
  { store, prices, project }: RepriceDeps,
  window: Window,
  signal: AbortSignal,
): AsyncGenerator<MaintenanceStep> {
  const putAll = async (some: readonly Change[]) => {
    // Each finds its own rows among them.
    for (const shard of store.shards) await shard.derive(putPrices, { project, ...paramsOf(some) });
  };
  let read = 0;
  let changes: Change[] = [];
  for await (const call of store.each(storedCalls, { project, ...window }, { signal })) {
    read++;
    const priced = priceCall(call.span, call.start, prices);
    if (priced.cost !== call.cost || priced.price !== call.price) changes.push({ call, priced });
    if (changes.length < changesAtOnce) continue;
    await putAll(changes);
    yield { read, written: changes.length };
    [read, changes] = [0, []];
  }
  if (changes.length > 0) await putAll(changes);
  yield { read, written: changes.length };
}

type Change = { call: StoredCall; priced: PricedSpan };

function paramsOf(changes: readonly Change[]) {
  const buckets = changes.map(({ call }) => call.bucket);
  return {
    from: buckets.reduce((a, b) => Math.min(a, b)),
    to: buckets.reduce((a, b) => Math.max(a, b)),
    ids: changes.map(({ call }) => call.traceId + call.spanId),
    costs: changes.map(({ priced }) => String(priced.cost ?? '')),
    prices: changes.map(({ priced }) => priced.price),
  };
}
