import { ByteWriter } from './byte-writer.ts';
import { put, putUint64 } from './column.ts';
import { grown } from './fixed-columns.ts';

/** `LowCardinality` begins with the version of its form: dictionaries with additional keys. */
const formVersion = 1;
export const FORM_BYTES = 8;
/** The block carries its whole dictionary, and no other one is meant. */
const ownDictionary = 0x600;
const headBytes = 24;

/**
 * Values of `LowCardinality(String)` as ClickHouse's Native format has them: a dictionary of the different texts, and
 * for each value its place in it.
 */
export class LowCardinality {
  #places = new Map<string, number>();
  #texts: string[] = [];
  #dictionaryBytes = 0;
  #indexes = new Uint32Array(64);
  #count = 0;
  /** Neighbours are mostly alike. */
  #last = '';
  #lastIndex = -1;
  #saved = { texts: 0, bytes: 0, count: 0 };

  get count(): number {
    return this.#count;
  }

  push(text: string): void {
    if (text === this.#last && this.#lastIndex >= 0) {
      this.pushIndex(this.#lastIndex);
      return;
    }
    this.#lastIndex = this.indexOf(text);
    this.#last = text;
    this.pushIndex(this.#lastIndex);
  }

  /** The place of a text in the dictionary, where it is put if it is not there. Holds until `restore` or `clear`. */
  indexOf(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const index = this.#texts.length;
    this.#places.set(text, index);
    this.#texts.push(text);
    this.#dictionaryBytes += entryBytes(text);
    return index;
  }

  pushIndex(index: number): void {
    if (this.#count === this.#indexes.length) this.#indexes = grown(this.#indexes);
    this.#indexes[this.#count++] = index;
  }

  textAt(row: number): string {
    return this.#texts[this.#indexes[row] ?? -1] ?? '';
  }

  size(): number {
    return headBytes + this.#dictionaryBytes + this.#count * this.#indexWidth();
  }

  /** Nothing at all is written for no values. */
  write(out: Buffer, start: number): number {
    if (this.#count === 0) return start;
    const width = this.#indexWidth();
    const dictionary = new ByteWriter();
    for (const text of this.#texts) dictionary.text(text);
    let at = putUint64(out, start, ownDictionary + Math.log2(width));
    at = putUint64(out, at, this.#texts.length);
    at = put(out, at, dictionary.bytes());
    at = putUint64(out, at, this.#count);
    return this.#writeIndexes(out, at, width);
  }

  #writeIndexes(out: Buffer, start: number, width: number): number {
    const indexes = this.#indexes;
    const count = this.#count;
    if (width === 1) for (let i = 0; i < count; i++) out[start + i] = indexes[i] as number;
    else if (width === 2) {
      for (let i = 0; i < count; i++) {
        const index = indexes[i] as number;
        out[start + i * 2] = index;
        out[start + i * 2 + 1] = index >>> 8;
      }
    } else put(out, start, new Uint8Array(indexes.buffer, 0, count * 4));
    return start + count * width;
  }

  #indexWidth(): number {
    const size = this.#texts.length;
    return size <= 0x100 ? 1 : size <= 0x1_0000 ? 2 : 4;
  }

  save(): void {
    this.#saved = { texts: this.#texts.length, bytes: this.#dictionaryBytes, count: this.#count };
  }

  restore(): void {
    for (const text of this.#texts.slice(this.#saved.texts)) this.#places.delete(text);
    this.#texts.length = this.#saved.texts;
    this.#dictionaryBytes = this.#saved.bytes;
    this.#count = this.#saved.count;
    this.#lastIndex = -1;
  }

  clear(): void {
    this.#places.clear();
    this.#texts = [];
    this.#dictionaryBytes = 0;
    this.#count = 0;
    this.#lastIndex = -1;
  }
}

/** Comes once before all else of a column that holds `LowCardinality` somewhere. */
export function putFormVersion(out: Buffer, at: number): number {
  return putUint64(out, at, formVersion);
}

function entryBytes(text: string): number {
  return Buffer.byteLength(text) + 5;
}
