import type { ProjectId } from '../../domain/ids.ts';
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
 * Rows as one block of ClickHouse's Native format: column after column, each with name, type and values. The fastest
 * thing to insert, and exact for 64-bit integers and bytes.
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

/**
 * Text that repeats from row to row, as LowCardinality: each text once, then a number for every row. However long it
 * is, the block does not grow with the rows.
 */
export function words<Row>(name: string, of: (row: Row) => string): NativeColumn<Row> {
  return {
    name,
    type: 'LowCardinality(String)',
    write(out, rows) {
      const places = new Map([['', 0]]);
      for (const row of rows) if (!places.has(of(row))) places.set(of(row), places.size);
      out.uint64(sharedDictionaries);
      out.uint64(ownDictionary | numbersOf32Bits);
      out.uint64(BigInt(places.size));
      for (const word of places.keys()) out.text(word);
      out.uint64(BigInt(rows.length));
      for (const row of rows) out.uint32(places.get(of(row)) ?? 0);
    },
  };
}

/** The columns of rows that all belong to a project. */
export function ofProject<Row>(
  project: ProjectId,
  columns: readonly NativeColumn<Row>[],
): NativeColumn<Row>[] {
  return [words('project', () => project), ...columns];
}

/** SerializationLowCardinality of ClickHouse: the version, and the flags of a dictionary that comes with the block. */
const sharedDictionaries = 1n;
const ownDictionary = 0x600n;
const numbersOf32Bits = 2n;

/** Hex digits in the row, bytes in the block. */
export function hexBytes<Row>(name: string, length: number, of: (row: Row) => string): NativeColumn<Row> {
  return each(name, `FixedString(${length})`, (out, row) => out.hex(of(row), length));
}

/** Nanoseconds since the epoch. */
export function nanoTime<Row>(name: string, of: (row: Row) => bigint): NativeColumn<Row> {
  return each(name, "DateTime64(9, 'UTC')", (out, row) => out.int64(of(row)));
}

export function uint64<Row>(name: string, of: (row: Row) => bigint): NativeColumn<Row> {
  return each(name, 'UInt64', (out, row) => out.uint64(of(row)));
}

export function uint32<Row>(name: string, of: (row: Row) => number): NativeColumn<Row> {
  return each(name, 'UInt32', (out, row) => out.uint32(of(row)));
}

export function int32<Row>(name: string, of: (row: Row) => number): NativeColumn<Row> {
  return each(name, 'Int32', (out, row) => out.uint32(of(row) >>> 0));
}

export function double<Row>(name: string, of: (row: Row) => number): NativeColumn<Row> {
  return each(name, 'Float64', (out, row) => out.double(of(row)));
}

export function boolean<Row>(name: string, of: (row: Row) => boolean): NativeColumn<Row> {
  return each(name, 'Bool', (out, row) => out.byte(of(row) ? 1 : 0));
}

/** Seconds since the epoch. */
export function secondTime<Row>(name: string, of: (row: Row) => number): NativeColumn<Row> {
  return each(name, "DateTime('UTC')", (out, row) => out.uint32(of(row)));
}

export function nullableInt64<Row>(
  name: string,
  of: (row: Row) => number | bigint | null,
): NativeColumn<Row> {
  return nullable(name, 'Int64', of, (out, value) => out.int64(BigInt(value ?? 0)));
}

export function nullableDouble<Row>(name: string, of: (row: Row) => number | null): NativeColumn<Row> {
  return nullable(name, 'Float64', of, (out, value) => out.double(value ?? 0));
}

export function uint64s<Row>(name: string, of: (row: Row) => readonly bigint[]): NativeColumn<Row> {
  return arrays(name, 'UInt64', of, (out, value) => out.uint64(value));
}

export function doubles<Row>(name: string, of: (row: Row) => readonly number[]): NativeColumn<Row> {
  return arrays(name, 'Float64', of, (out, value) => out.double(value));
}

/** Pairs in their order; keys may be there twice. All keys come before all values. */
export function textMap<Row>(
  name: string,
  of: (row: Row) => readonly (readonly [string, string])[],
): NativeColumn<Row> {
  return {
    name,
    type: 'Map(String, String)',
    write(out, rows) {
      ends(out, rows, of);
      for (const row of rows) for (const [key] of of(row)) out.text(key);
      for (const row of rows) for (const [, value] of of(row)) out.text(value);
    },
  };
}

/** A null map of one byte a row comes before the values. */
function nullable<Row, Value>(
  name: string,
  type: string,
  of: (row: Row) => Value | null,
  write: (out: ByteWriter, value: Value | null) => void,
): NativeColumn<Row> {
  return {
    name,
    type: `Nullable(${type})`,
    write(out, rows) {
      for (const row of rows) out.byte(of(row) === null ? 1 : 0);
      for (const row of rows) write(out, of(row));
    },
  };
}

/** The ends of all arrays come before all their members. */
function arrays<Row, Value>(
  name: string,
  type: string,
  of: (row: Row) => readonly Value[],
  write: (out: ByteWriter, value: Value) => void,
): NativeColumn<Row> {
  return {
    name,
    type: `Array(${type})`,
    write(out, rows) {
      ends(out, rows, of);
      for (const row of rows) for (const value of of(row)) write(out, value);
    },
  };
}

function ends<Row>(out: ByteWriter, rows: readonly Row[], of: (row: Row) => readonly unknown[]): void {
  let end = 0;
  for (const row of rows) {
    end += of(row).length;
    out.uint64(BigInt(end));
  }
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
