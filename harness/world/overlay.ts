import type { Row } from '../../domain/effect.ts';
import type { RowIndex } from './fixture-index.ts';

/** Rows by key in insertion order. */
export type Rows = { get(key: string): Row | undefined; entries(): Iterable<[string, Row]> };

/** One write to a row. Rows are values: `after` is a new row, never the old one edited. */
export type Write = { key: string } & (
  | { operation: 'insert'; before: null; after: Row }
  | { operation: 'update'; before: Row; after: Row }
  | { operation: 'delete'; before: Row; after: null }
);

/** Rows with changes of their own over others that are never touched. */
export type Overlay = Rows & { apply(write: Write): void };

/** Costs nothing until something is written, and then only as much as is written, whatever lies below. */
export function overlay(below: Rows): Overlay {
  const changed = new Map<string, Row>();
  const removed = new Set<string>();
  const added = new Map<string, Row>();

  function* merged(): Iterable<[string, Row]> {
    for (const entry of below.entries()) {
      const [key] = entry;
      if (removed.has(key)) continue;
      const row = changed.get(key);
      yield row ? [key, row] : entry;
    }
    yield* added.entries();
  }

  return {
    get(key) {
      return added.get(key) ?? (removed.has(key) ? undefined : (changed.get(key) ?? below.get(key)));
    },
    entries: () => (changed.size + removed.size + added.size === 0 ? below.entries() : merged()),
    apply({ operation, key, after }) {
      switch (operation) {
        case 'insert':
          added.set(key, after);
          return;
        case 'update':
          (added.has(key) ? added : changed).set(key, after);
          return;
        case 'delete':
          if (!added.delete(key)) removed.add(key);
      }
    },
  };
}

/** Shared layers as one table, later ones over earlier; a row stands where its key came first. */
export function layered(layers: readonly RowIndex[]): Rows {
  const [only = new Map<string, Row>(), ...others] = layers;
  if (others.length === 0) return only;
  const get = (key: string) => layers.findLast((layer) => layer.has(key))?.get(key);
  function* entries(): Iterable<[string, Row]> {
    for (const [number, layer] of layers.entries()) {
      const earlier = layers.slice(0, number);
      for (const key of layer.keys()) {
        const row = earlier.some((other) => other.has(key)) ? undefined : get(key);
        if (row) yield [key, row];
      }
    }
  }
  return { get, entries };
}
