import type { Row } from '../../domain/effect.ts';
import { freezeDeep, keyOf } from './fixture-index.ts';
import { overlay, type Write } from './overlay.ts';
import type { Table } from './service.ts';
import type { WorldTable, WorldTables } from './world-tables.ts';

/** A write with the table it went to. */
export type TableWrite = Write & { table: string; irreversible: boolean };

/** The tables of a world as one call sees them: it reads its own writes, and the world has none of them until `commit`. */
export type Transaction = {
  /** `name` is `service.table`. */
  table(name: string): Table;
  /** Tables that were looked into, in the order of the first look. */
  readonly reads: readonly string[];
  readonly writes: readonly TableWrite[];
  /** Makes the writes those of the world. */
  commit(): void;
};

/** `at`: the rows as they are now, or as they were when the world began. */
export function openTransaction(tables: WorldTables, at: 'now' | 'start'): Transaction {
  const reads = new Set<string>();
  const writes: TableWrite[] = [];
  const open = new Map<string, Table>();

  const openTable = (table: WorldTable): Table => {
    const { name, key, irreversible } = table;
    const onRead = () => reads.add(name);
    const onWrite = (write: Write) => writes.push({ ...write, table: name, irreversible });
    return tableOver({ name, keyColumn: key, rows: overlay(table[at]), onRead, onWrite });
  };

  return {
    table(name) {
      const known = tables.get(name);
      if (!known) throw new Error(`the world has no table "${name}"`);
      const table = open.get(name) ?? openTable(known);
      open.set(name, table);
      return table;
    },
    get reads() {
      return [...reads];
    },
    writes,
    commit() {
      for (const write of writes) tables.get(write.table)?.now.apply(write);
    },
  };
}

function tableOver(deps: {
  name: string;
  keyColumn: string;
  rows: ReturnType<typeof overlay>;
  onRead(): void;
  onWrite(write: Write): void;
}): Table {
  const { name, keyColumn, rows } = deps;
  const write = (change: Write) => {
    rows.apply(change);
    deps.onWrite(change);
  };
  const expectRow = (key: string): Row => {
    const row = rows.get(key);
    if (!row) throw new Error(`${name} has no row "${key}": check that it exists before writing`);
    return row;
  };

  return {
    get(key) {
      deps.onRead();
      return rows.get(key) ?? null;
    },
    *all() {
      deps.onRead();
      for (const [, row] of rows.entries()) yield row;
    },
    insert(row) {
      const key = keyOf(row, keyColumn);
      if (rows.get(key)) throw new Error(`${name} already has a row "${key}": check before inserting`);
      const after = freezeDeep(row);
      write({ operation: 'insert', key, before: null, after });
      return after;
    },
    update(key, columns) {
      const before = expectRow(key);
      const after = freezeDeep({ ...before, ...columns });
      if (keyOf(after, keyColumn) !== key) {
        throw new Error(`${name}: an update may not change the key "${key}"`);
      }
      write({ operation: 'update', key, before, after });
      return after;
    },
    delete(key) {
      write({ operation: 'delete', key, before: expectRow(key), after: null });
    },
  };
}
