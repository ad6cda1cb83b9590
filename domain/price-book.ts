import { modelNames } from './model-names.ts';
import type { Price, PriceTable } from './price.ts';

/** A row of the price list that is in force, and what it is called: `gpt-4o-mini@2024-07-18`. */
export type PriceInForce = { price: Price; label: string };

/** The price of `model` at `at` (epoch microseconds), `null` when it is unpriced. */
export type PriceBook = (model: string, at: number) => PriceInForce | null;

type Dated = { since: number; inForce: PriceInForce };

/** Names asked for that are kept in mind: model names come from outside. */
const remembered = 10_000;

/**
 * Makes a price list quick to ask: a model costs one look into a map once its name was seen. Of the names that a model
 * goes by (see `modelNames`) the most exact one with a price on that day counts.
 */
export function priceBook(table: PriceTable): PriceBook {
  const rows = new Map<string, Dated[]>();
  for (const price of table) {
    const name = price.model.toLowerCase();
    const inForce = { price, label: `${price.model}@${price.from}` };
    const dated = { since: Date.parse(`${price.from}T00:00:00Z`) * 1000, inForce };
    rows.set(
      name,
      [...(rows.get(name) ?? []), dated].sort((a, b) => b.since - a.since),
    );
  }
  const seen = new Map<string, Dated[][]>();
  const listsOf = (model: string): Dated[][] => {
    const known = seen.get(model);
    if (known) return known;
    const lists = modelNames(model).flatMap((name) => {
      const list = rows.get(name);
      return list ? [list] : [];
    });
    if (seen.size >= remembered) seen.clear();
    seen.set(model, lists);
    return lists;
  };
  return (model, at) => {
    for (const list of listsOf(model)) {
      for (const { since, inForce } of list) if (since <= at) return inForce;
    }
    return null;
  };
}
