import type { ByteSource } from './byte-source.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Column, put, putUint64 } from './column.ts';
import { grown } from './fixed-columns.ts';
import { FORM_BYTES, LowCardinality, putFormVersion } from './low-cardinality.ts';

/** `LowCardinality(String)`. */
export class LowCardinalityColumn implements Column {
  readonly name: string;
  readonly type = 'LowCardinality(String)';
  readonly #values = new LowCardinality();

  constructor(name: string) {
    this.name = name;
  }

  push(text: string): void {
    this.#values.push(text);
  }

  textAt(row: number): string {
    return this.#values.textAt(row);
  }

  size(): number {
    return FORM_BYTES + this.#values.size();
  }

  write(out: Buffer, at: number): number {
    return this.#values.write(out, putFormVersion(out, at));
  }

  save(): void {
    this.#values.save();
  }

  restore(): void {
    this.#values.restore();
  }

  clear(): void {
    this.#values.clear();
  }
}

/** How many members each row has: before the members come the ends of all rows, counted from the first member. */
class RowEnds {
  #ends = new Uint32Array(64);
  #rows = 0;
  #saved = 0;

  push(end: number): void {
    if (this.#rows === this.#ends.length) this.#ends = grown(this.#ends);
    this.#ends[this.#rows++] = end;
  }

  write(out: Buffer, start: number, rows: number): number {
    let at = start;
    for (let row = 0; row < rows; row++) at = putUint64(out, at, this.#ends[row] as number);
    return at;
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

/** `Array(LowCardinality(String))`. */
export class TextArrayColumn implements Column {
  readonly name: string;
  readonly type = 'Array(LowCardinality(String))';
  readonly #ends = new RowEnds();
  readonly #members = new LowCardinality();

  constructor(name: string) {
    this.name = name;
  }

  push(texts: readonly string[]): void {
    for (const text of texts) this.#members.push(text);
    this.#ends.push(this.#members.count);
  }

  size(rows: number): number {
    return FORM_BYTES + rows * 8 + this.#members.size();
  }

  write(out: Buffer, at: number, rows: number): number {
    return this.#members.write(out, this.#ends.write(out, putFormVersion(out, at), rows));
  }

  save(): void {
    this.#ends.save();
    this.#members.save();
  }

  restore(): void {
    this.#ends.restore();
    this.#members.restore();
  }

  clear(): void {
    this.#ends.clear();
    this.#members.clear();
  }
}

/**
 * `Map(LowCardinality(String), String)`: a list of pairs, in which a key may come more than once. A row is filled pair by
 * pair, key and value in turn, and ended.
 */
export class TextMapColumn implements Column {
  readonly name: string;
  readonly type = 'Map(LowCardinality(String), String)';
  readonly #ends = new RowEnds();
  readonly #keys = new LowCardinality();
  readonly #values = new ByteWriter();
  #saved = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** A number for `key` that stands for the text until `restore` or `clear`. */
  keyIndex(text: string): number {
    return this.#keys.indexOf(text);
  }

  key(index: number): void {
    this.#keys.pushIndex(index);
  }

  value(text: string): void {
    this.#values.text(text);
  }

  /** UTF-8 as it lies in the source. */
  valueOf(source: ByteSource, start: number, end: number): void {
    this.#values.textOf(source, start, end);
  }

  endRow(): void {
    this.#ends.push(this.#keys.count);
  }

  size(rows: number): number {
    return FORM_BYTES + rows * 8 + this.#keys.size() + this.#values.length;
  }

  write(out: Buffer, start: number, rows: number): number {
    const at = this.#keys.write(out, this.#ends.write(out, putFormVersion(out, start), rows));
    return put(out, at, this.#values.bytes());
  }

  save(): void {
    this.#ends.save();
    this.#keys.save();
    this.#saved = this.#values.length;
  }

  restore(): void {
    this.#ends.restore();
    this.#keys.restore();
    this.#values.truncate(this.#saved);
  }

  clear(): void {
    this.#ends.clear();
    this.#keys.clear();
    this.#values.truncate(0);
  }
}
