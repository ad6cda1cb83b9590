import type { Row } from '../../domain/effect.ts';
import { freezeDeep, keyOf, type RowIndex } from './fixture-index.ts';
import type { Table } from './service.ts';

/** One write as the table saw it. */
export type Write = {
  operation: 'insert' | 'update' | 'delete';
  key: string;
  before: Row | null;
  after: Row | null;
};

/**
 * A table of one world: its own changes over shared layers that it never touches, later layers over earlier ones. Reads
 * and writes cost O(layers), whatever the number of rows below.
 */
export function overlayTable(spec: {
  name: string;
  keyColumn: string;
  layers: readonly RowIndex[];
  onWrite(write: Write): void;
}): Table {
  const changed = new Map<string, Row>();
  const removed = new Set<string>();
  const added = new Map<string, Row>();

  const below = (key: string): Row | null => {
    for (let i = spec.layers.length - 1; i >= 0; i--) {
      const row = spec.layers[i]?.get(key);
      if (row) return row;
    }
    return null;
  };

  const get = (key: string): Row | null =>
    added.get(key) ?? (removed.has(key) ? null : (changed.get(key) ?? below(key)));

  const expectRow = (key: string): Row => {
    const row = get(key);
    if (!row) throw new Error(`${spec.name} has no row "${key}": check that it exists before writing`);
    return row;
  };

  return {
    get,

    *all() {
      for (const [number, layer] of spec.layers.entries()) {
        const earlier = spec.layers.slice(0, number);
        for (const key of layer.keys()) {
          if (earlier.some((other) => other.has(key)) || removed.has(key)) continue;
          const row = changed.get(key) ?? below(key);
          if (row) yield row;
        }
      }
      yield* added.values();
    },

    insert(row) {
      const key = keyOf(row, spec.keyColumn);
      if (get(key)) throw new Error(`${spec.name} already has a row "${key}": check before inserting`);
      const after = freezeDeep(row);
      added.set(key, after);
      spec.onWrite({ operation: 'insert', key, before: null, after });
      return after;
    },

    update(key, columns) {
      const before = expectRow(key);
      const after = freezeDeep({ ...before, ...columns });
      if (keyOf(after, spec.keyColumn) !== key) {
        throw new Error(`${spec.name}: an update may not change the key "${key}"`);
      }
      (added.has(key) ? added : changed).set(key, after);
      spec.onWrite({ operation: 'update', key, before, after });
      return after;
    },

    delete(key) {
      const before = expectRow(key);
      if (!added.delete(key)) removed.add(key);
      spec.onWrite({ operation: 'delete', key, before, after: null });
    },
  };
}
