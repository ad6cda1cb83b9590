import { ByteWriter } from './byte-writer.ts';

/**
 * One column of a block: how its values are taken from a row and written. `type` is the type in the block; ClickHouse
 * casts it to the table's where they differ (String to LowCardinality(String)).
 */
export type NativeColumn<Row> = {
  name: string;
  type: string;
  write(out: ByteWriter, rows: readonly Row[]): void;
};

/**
 * Rows as one block of ClickHouse's Native format: column after column, each with name, type and values. For tables of
 * few rows; what arrives by the million is filled column by column (see `encodeColumns`).
 * Layout: https://clickhouse.com/docs/interfaces/formats/Native
 */
export function encodeNativeBlock<Row>(columns: readonly NativeColumn<Row>[], rows: readonly Row[]): Buffer {
  const out = new ByteWriter();
  out.varint(columns.length);
  out.varint(rows.length);
  for (const column of columns) {
    out.text(column.name);
    out.text(column.type);
    column.write(out, rows);
  }
  return out.bytes();
}

export function text<Row>(name: string, of: (row: Row) => string): NativeColumn<Row> {
  return each(name, 'String', (out, row) => out.text(of(row)));
}

/** Nanoseconds since the epoch. */
export function nanoTime<Row>(name: string, of: (row: Row) => bigint): NativeColumn<Row> {
  return each(name, "DateTime64(9, 'UTC')", (out, row) => out.int64(of(row)));
}

export function uint32<Row>(name: string, of: (row: Row) => number): NativeColumn<Row> {
  return each(name, 'UInt32', (out, row) => out.uint32(of(row)));
}

/** A null map of one byte a row comes before the values. */
export function nullableInt64<Row>(name: string, of: (row: Row) => number | null): NativeColumn<Row> {
  return {
    name,
    type: 'Nullable(Int64)',
    write(out, rows) {
      for (const row of rows) out.byte(of(row) === null ? 1 : 0);
      for (const row of rows) out.int64(BigInt(of(row) ?? 0));
    },
  };
}

function each<Row>(
  name: string,
  type: string,
  write: (out: ByteWriter, row: Row) => void,
): NativeColumn<Row> {
  return {
    name,
    type,
    write(out, rows) {
      for (const row of rows) write(out, row);
    },
  };
}
