import { ByteWriter } from './byte-writer.ts';

/**
 * One column of a block that is filled row by row and written whole. `type` is the type in the block; ClickHouse casts
 * it to the table's where they differ.
 */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** Bytes that `write` takes, at most, for this many rows. */
  size(rows: number): number;
  /** Writes the values and returns where they end. */
  write(out: Buffer, at: number, rows: number): number;
  /** Remembers where the column ends. */
  save(): void;
  /** Takes back what was added since `save`. */
  restore(): void;
  /** Empties the column; the room stays. */
  clear(): void;
}

/**
 * Columns as one block of ClickHouse's Native format: column after column, each with name, type and values. The bytes
 * are the caller's: they do not change when the columns do.
 *
 * @param out has `blockSize` bytes of room.
 * Layout: https://clickhouse.com/docs/interfaces/formats/Native
 */
export function encodeColumns(
  columns: readonly Column[],
  rows: number,
  out: Buffer = Buffer.allocUnsafe(blockSize(columns, rows)),
): Buffer {
  const head = new ByteWriter();
  head.varint(columns.length);
  head.varint(rows);
  let at = put(out, 0, head.bytes());
  for (const column of columns) {
    at = put(out, at, headerOf(column));
    at = column.write(out, at, rows);
  }
  return out.subarray(0, at);
}

/** Bytes that `encodeColumns` needs, at most. */
export function blockSize(columns: readonly Column[], rows: number): number {
  return columns.reduce((sum, column) => sum + headerOf(column).length + column.size(rows), blockHeaderBytes);
}

const blockHeaderBytes = 20;

function headerOf({ name, type }: Column): Buffer {
  const out = new ByteWriter();
  out.text(name);
  out.text(type);
  return Buffer.from(out.bytes());
}

/** Copies `bytes` to `at` and returns where they end. */
export function put(out: Buffer, at: number, bytes: Uint8Array): number {
  out.set(bytes, at);
  return at + bytes.length;
}

/** Writes a number up to 2^53 as 64 bits and returns where they end. */
export function putUint64(out: Buffer, at: number, value: number): number {
  out.writeUInt32LE(value % 0x1_0000_0000, at);
  return out.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
}
