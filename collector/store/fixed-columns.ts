import type { ByteSource } from './byte-source.ts';
import { type Column, put } from './column.ts';

const firstRows = 64;

/** Values of one byte: `Bool`, `Int8` and `Enum8(...)`. */
export class ByteColumn implements Column {
  readonly name: string;
  readonly type: string;
  #values = new Uint8Array(firstRows);
  #rows = 0;
  #saved = 0;

  constructor(name: string, type: string) {
    this.name = name;
    this.type = type;
  }

  push(value: number): void {
    if (this.#rows === this.#values.length) this.#values = grown(this.#values);
    this.#values[this.#rows++] = value;
  }

  at(row: number): number {
    return this.#values[row] ?? 0;
  }

  size(rows: number): number {
    return rows;
  }

  write(out: Buffer, at: number, rows: number): number {
    return put(out, at, this.#values.subarray(0, rows));
  }

  save(): void {
    this.#saved = this.#rows;
  }

  restore(): void {
    this.#rows = this.#saved;
  }

  clear(): void {
    this.#rows = 0;
  }
}

/** Values of 32 bits: `UInt32` and `DateTime`. */
export class Uint32Column implements Column {
  readonly name: string;
  readonly type: string;
  #values = new Uint32Array(firstRows);
  #rows = 0;
  #saved = 0;

  constructor(name: string, type = 'UInt32') {
    this.name = name;
    this.type = type;
  }

  push(value: number): void {
    if (this.#rows === this.#values.length) this.#values = grown(this.#values);
    this.#values[this.#rows++] = value;
  }

  size(rows: number): number {
    return rows * 4;
  }

  write(out: Buffer, at: number, rows: number): number {
    return put(out, at, bytesOf(this.#values, rows));
  }

  save(): void {
    this.#saved = this.#rows;
  }

  restore(): void {
    this.#rows = this.#saved;
  }

  clear(): void {
    this.#rows = 0;
  }
}

/** Values of 64 bits, signed or not, as two halves: no BigInt is made. */
export class Int64Column implements Column {
  readonly name: string;
  readonly type: string;
  #halves = new Uint32Array(firstRows * 2);
  #rows = 0;
  #saved = 0;

  constructor(name: string, type: string) {
    this.name = name;
    this.type = type;
  }

  push(high: number, low: number): void {
    const at = this.#rows++ * 2;
    if (at === this.#halves.length) this.#halves = grown(this.#halves);
    this.#halves[at] = low;
    this.#halves[at + 1] = high;
  }

  /** Signed, and exact up to 2^53. */
  at(row: number): number {
    const high = this.#halves[row * 2 + 1] ?? 0;
    return (high | 0) * 0x1_0000_0000 + (this.#halves[row * 2] ?? 0);
  }

  size(rows: number): number {
    return rows * 8;
  }

  write(out: Buffer, at: number, rows: number): number {
    return put(out, at, bytesOf(this.#halves, rows * 2));
  }

  save(): void {
    this.#saved = this.#rows;
  }

  restore(): void {
    this.#rows = this.#saved;
  }

  clear(): void {
    this.#rows = 0;
  }
}

/** `Nullable(Int64)`: a null map of one byte a row comes before the values. */
export class NullableInt64Column implements Column {
  readonly name: string;
  readonly type = 'Nullable(Int64)';
  readonly #nulls: ByteColumn;
  readonly #values: Int64Column;

  constructor(name: string) {
    this.name = name;
    this.#nulls = new ByteColumn(name, 'UInt8');
    this.#values = new Int64Column(name, 'Int64');
  }

  /** A whole number that JavaScript holds exactly. */
  push(value: number | null): void {
    this.#nulls.push(value === null ? 1 : 0);
    if (value === null) this.#values.push(0, 0);
    else this.#values.push(Math.floor(value / 0x1_0000_0000), value);
  }

  at(row: number): number | null {
    return this.#nulls.at(row) === 1 ? null : this.#values.at(row);
  }

  size(rows: number): number {
    return rows * 9;
  }

  write(out: Buffer, at: number, rows: number): number {
    return this.#values.write(out, this.#nulls.write(out, at, rows), rows);
  }

  save(): void {
    this.#nulls.save();
    this.#values.save();
  }

  restore(): void {
    this.#nulls.restore();
    this.#values.restore();
  }

  clear(): void {
    this.#nulls.clear();
    this.#values.clear();
  }
}

/** `FixedString(n)`: bytes that are copied from where they lie. */
export class FixedBytesColumn implements Column {
  readonly name: string;
  readonly type: string;
  readonly #length: number;
  #values: Uint8Array;
  #rows = 0;
  #saved = 0;

  constructor(name: string, length: number) {
    this.name = name;
    this.type = `FixedString(${length})`;
    this.#length = length;
    this.#values = new Uint8Array(firstRows * length);
  }

  push({ bytes }: ByteSource, start: number): void {
    const length = this.#length;
    let to = this.#room();
    const values = this.#values;
    for (let from = start; from < start + length; from++) values[to++] = bytes[from] as number;
  }

  pushZero(): void {
    const to = this.#room();
    this.#values.fill(0, to, to + this.#length);
  }

  hexAt(row: number): string {
    const from = row * this.#length;
    return Buffer.from(this.#values.subarray(from, from + this.#length)).toString('hex');
  }

  #room(): number {
    const at = this.#rows++ * this.#length;
    if (at === this.#values.length) this.#values = grown(this.#values);
    return at;
  }

  size(rows: number): number {
    return rows * this.#length;
  }

  write(out: Buffer, at: number, rows: number): number {
    return put(out, at, this.#values.subarray(0, rows * this.#length));
  }

  save(): void {
    this.#saved = this.#rows;
  }

  restore(): void {
    this.#rows = this.#saved;
  }

  clear(): void {
    this.#rows = 0;
  }
}

/** One value for all rows: `UInt16`. */
export class Uint16Constant implements Column {
  readonly name: string;
  readonly type = 'UInt16';
  readonly #value: number;

  constructor(name: string, value: number) {
    this.name = name;
    this.#value = value;
  }

  size(rows: number): number {
    return rows * 2;
  }

  write(out: Buffer, at: number, rows: number): number {
    for (let row = 0; row < rows; row++) out.writeUInt16LE(this.#value, at + row * 2);
    return at + rows * 2;
  }

  save(): void {}
  restore(): void {}
  clear(): void {}
}

/** A copy with twice the room. */
export function grown<T extends Uint8Array | Uint32Array>(values: T): T {
  const larger = new (values.constructor as { new (length: number): T })(values.length * 2);
  larger.set(values);
  return larger;
}

/** The first `count` values as they lie in memory: little-endian on every machine that Node runs on today. */
function bytesOf(values: Uint32Array, count: number): Uint8Array {
  return new Uint8Array(values.buffer, 0, count * 4);
}
