import type { Json } from '../../domain/json.ts';
import { plainJson } from '../otlp/any-value.ts';
import { readAnyValue } from '../otlp/protobuf.ts';
import type { WireCursor } from '../otlp/wire-cursor.ts';
import { WireReader } from '../otlp/wire-reader.ts';
import type { ByteSource } from '../store/byte-source.ts';
import { grown } from '../store/fixed-columns.ts';
import { Interner, type InternerOptions } from './interner.ts';

/** What an attribute holds; the letters are those of `attribute_types`. */
export const STRING = 0x73;
export const INTEGER = 0x69;
export const DOUBLE = 0x64;
export const BOOLEAN = 0x62;
/** Lists, objects, bytes and the empty value. */
export const OTHER = 0x6a;

/** Longer texts are mostly met once: they are not worth a place in the table. */
const internedBytes = 256;

/** A value that is neither text nor number, in its forms. */
type OtherValue = { json: string; plain: Json };
const NOTHING: OtherValue = { json: '{}', plain: null };

/**
 * The attributes of one span as places in its bytes: arrays of numbers that are filled again for every span. Values are
 * decoded when they are asked for.
 */
export class AttributeTable {
  readonly keys: Interner;
  readonly #texts: Interner;
  readonly #others: Interner;
  /** By the number of their bytes. */
  #otherValues: OtherValue[] = [];
  #source: ByteSource | null = null;
  count = 0;
  #keyIds = new Uint32Array(64);
  #types = new Uint8Array(64);
  /** Text: where it begins and ends. Integer: its halves. Double: where it lies. Boolean: 0 or 1. */
  #low = new Uint32Array(64);
  #high = new Uint32Array(64);
  #other: (OtherValue | undefined)[] = [];
  /** The number of the text that was last asked for in this place: the next span mostly has the same. */
  #textIds = new Uint32Array(64);
  #nameId = 0;

  /** @param keys that are to be numbered 0, 1, ... */
  constructor(keys: readonly string[], options: Pick<InternerOptions, 'seed'> = {}) {
    this.keys = new Interner({ ...options, keep: keys });
    this.#texts = new Interner({ ...options, keep: [''] });
    this.#others = new Interner(options);
  }

  /** Forgets texts when there are too many. @returns whether numbers of keys are void now. */
  trim(): boolean {
    this.#texts.trim();
    if (this.#others.trim()) this.#otherValues = [];
    return this.keys.trim();
  }

  /** Begins with the attributes of another span. */
  begin(source: ByteSource): void {
    this.#source = source;
    this.count = 0;
  }

  keyId(index: number): number {
    return this.#keyIds[index] as number;
  }

  /** One of the letters. */
  type(index: number): number {
    return this.#types[index] as number;
  }

  /** The letters of all attributes, in their order; valid until the next span. */
  types(): Uint8Array {
    return this.#types;
  }

  /** Where a text begins. */
  start(index: number): number {
    return this.#low[index] as number;
  }

  /** Where a text ends. */
  end(index: number): number {
    return this.#high[index] as number;
  }

  /**
   * Reads a `KeyValue` that ends at `end` and adds it. Of a repeated member the last counts.
   *
   * @throws WireError; nothing is added then.
   */
  read(cursor: WireCursor, end: number): void {
    const index = this.count;
    if (index === this.#types.length) this.#grow();
    const { bytes } = cursor;
    const at = cursor.at;
    const keyEnd = at + 2 + (bytes[at + 1] as number);
    // As every encoder writes it: the key, shorter than 128 bytes, and then the value.
    if (bytes[at] === 10 && (bytes[at + 1] as number) < 0x80 && keyEnd < end && bytes[keyEnd] === 18) {
      cursor.at = keyEnd + 1;
      if (cursor.contentEnd(end) === end) {
        this.#readValue(cursor, end, index);
        // Mostly the key that the span before had in this place.
        this.#keyIds[index] = this.keys.idLike(this.keyId(index), cursor, at + 2, keyEnd);
        this.count = index + 1;
        return;
      }
      cursor.at = at;
    }
    this.#readAnyOrder(cursor, end, index);
    this.count = index + 1;
  }

  #readAnyOrder(cursor: WireCursor, end: number, index: number): void {
    let keyStart = 0;
    let keyEnd = 0;
    let valueEnd = 0;
    while (cursor.at < end) {
      const tag = cursor.tag(end);
      if (tag === 10) {
        keyEnd = cursor.contentEnd(end);
        keyStart = cursor.at;
        cursor.at = keyEnd;
      } else if (tag === 18) {
        valueEnd = cursor.contentEnd(end);
        this.#readValue(cursor, valueEnd, index);
      } else cursor.skip(tag, end);
    }
    if (valueEnd === 0) {
      this.#types[index] = OTHER;
      this.#other[index] = NOTHING;
    }
    this.#keyIds[index] = this.keys.id(cursor, keyStart, keyEnd);
  }

  #readValue(cursor: WireCursor, end: number, index: number): void {
    const start = cursor.at;
    let type = OTHER;
    let structured = false;
    while (cursor.at < end) {
      const tag = cursor.tag(end);
      if (tag === 10) {
        type = STRING;
        const textEnd = cursor.contentEnd(end);
        this.#low[index] = cursor.at;
        this.#high[index] = textEnd;
        cursor.at = textEnd;
      } else if (tag === 24) {
        type = INTEGER;
        this.#low[index] = cursor.varint(end);
        this.#high[index] = cursor.high;
      } else if (tag === 33) {
        type = DOUBLE;
        this.#low[index] = cursor.take(8, end);
      } else if (tag === 16) {
        type = BOOLEAN;
        this.#low[index] = cursor.varint(end) !== 0 || cursor.high !== 0 ? 1 : 0;
      } else {
        if (tag === 42 || tag === 50 || tag === 58) {
          type = OTHER;
          structured = true;
        }
        cursor.skip(tag, end);
      }
    }
    this.#types[index] = type;
    if (type === OTHER) this.#other[index] = this.#otherValue(cursor, start, end);
    // What another member of the value replaces has to be readable all the same.
    else if (structured) decodeOther(cursor, start, end);
  }

  /** Most are short lists that come again and again. */
  #otherValue(source: ByteSource, start: number, end: number): OtherValue {
    if (end - start > internedBytes) return decodeOther(source, start, end);
    const id = this.#others.id(source, start, end);
    const value = this.#otherValues[id] ?? decodeOther(source, start, end);
    this.#otherValues[id] = value;
    return value;
  }

  /** The value as text: an integer, a double or a boolean as JSON writes it, what is neither as OTLP's JSON. */
  text(index: number): string {
    switch (this.#types[index]) {
      case STRING:
        return this.#string(index);
      case INTEGER:
        return this.#integer(index);
      case DOUBLE: {
        const value = this.#double(index);
        return Object.is(value, -0) ? '-0' : String(value);
      }
      case BOOLEAN:
        return this.#low[index] === 1 ? 'true' : 'false';
      default:
        return this.#other[index]?.json ?? '{}';
    }
  }

  /** Empty text, and a value that is not set. */
  isAbsent(index: number): boolean {
    const type = this.#types[index];
    if (type === STRING) return this.#low[index] === this.#high[index];
    return type === OTHER && this.#other[index]?.json === '{}';
  }

  /** As `plainJson` of the decoded value. */
  plain(index: number): Json {
    switch (this.#types[index]) {
      case STRING:
        return this.#string(index);
      case INTEGER: {
        const number = (this.#highOf(index) | 0) * 0x1_0000_0000 + (this.#low[index] as number);
        return Number.isSafeInteger(number) ? number : this.#integer(index);
      }
      case DOUBLE: {
        const value = this.#double(index);
        return Number.isFinite(value) ? value + 0 : String(value);
      }
      case BOOLEAN:
        return this.#low[index] === 1;
      default:
        return this.#other[index]?.plain ?? null;
    }
  }

  #string(index: number): string {
    const start = this.#low[index] as number;
    const end = this.#high[index] as number;
    if (end - start > internedBytes) return this.#source?.bytes.toString('utf8', start, end) ?? '';
    const id = this.#textId(this.#textIds[index] as number, start, end);
    this.#textIds[index] = id;
    return this.#texts.text(id);
  }

  /** The span's name, which lies from `start` to `end`: the same string as that of the span before, if it is alike. */
  name(start: number, end: number): string {
    if (end - start > internedBytes) return this.#source?.bytes.toString('utf8', start, end) ?? '';
    this.#nameId = this.#textId(this.#nameId, start, end);
    return this.#texts.text(this.#nameId);
  }

  #textId(guess: number, start: number, end: number): number {
    return this.#source === null ? 0 : this.#texts.idLike(guess, this.#source, start, end);
  }

  #integer(index: number): string {
    const low = this.#low[index] as number;
    const high = this.#highOf(index) | 0;
    const number = high * 0x1_0000_0000 + low;
    if (Number.isSafeInteger(number)) return String(number);
    return ((BigInt(high) << 32n) + BigInt(low)).toString();
  }

  #highOf(index: number): number {
    return this.#high[index] as number;
  }

  #double(index: number): number {
    return this.#source?.view.getFloat64(this.#low[index] as number, true) ?? 0;
  }

  #grow(): void {
    this.#keyIds = grown(this.#keyIds);
    this.#types = grown(this.#types);
    this.#low = grown(this.#low);
    this.#high = grown(this.#high);
    this.#textIds = grown(this.#textIds);
  }
}

function decodeOther({ bytes }: ByteSource, start: number, end: number): OtherValue {
  const value = readAnyValue(new WireReader(bytes, start, end), 1);
  return { json: JSON.stringify(value), plain: plainJson(value) };
}
