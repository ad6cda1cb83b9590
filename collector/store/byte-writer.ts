import { isUtf8 } from 'node:buffer';
import type { ByteSource } from './byte-source.ts';

/** Up to here copying in words beats the call of a native copy (measured). */
const shortBytes = 192;
/** Up to here the same holds for writing a string character by character. */
const shortText = 40;
const notAscii = 0x80808080;

/** Bytes that grow. Numbers are little-endian, as in ClickHouse's Native format and in protobuf. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(256);
  #view = viewOf(this.#bytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was written so far; a view, valid until the next write. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes back all but the first `length` bytes. The room stays. */
  truncate(length: number): void {
    this.#length = length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Unsigned LEB128. */
  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  uint64(value: bigint): void {
    this.#reserve(8);
    this.#length = this.#bytes.writeBigUInt64LE(value, this.#length);
  }

  int64(value: bigint): void {
    this.#reserve(8);
    this.#length = this.#bytes.writeBigInt64LE(value, this.#length);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#length = this.#bytes.writeDoubleLE(value, this.#length);
  }

  /** What `write` adds, after its length as a varint. */
  measured(write: (out: ByteWriter) => void): void {
    const lengthAt = this.#length;
    this.byte(0);
    const start = this.#length;
    write(this);
    const length = this.#length - start;
    const moved = varintBytes(length) - 1;
    if (moved > 0) {
      this.#reserve(moved);
      this.#bytes.copyWithin(start + moved, start, start + length);
    }
    this.#length = lengthAt;
    this.varint(length);
    this.#length += length;
  }

  /** The digits must be exactly `bytes` long: what is missing is zero. */
  hex(digits: string, bytes: number): void {
    this.#reserve(bytes);
    this.#bytes.fill(0, this.#length, this.#length + bytes);
    this.#bytes.write(digits, this.#length, bytes, 'hex');
    this.#length += bytes;
  }

  /** UTF-8 after its length as a varint. */
  text(value: string): void {
    if (value.length <= shortText && this.#shortAscii(value)) return;
    const length = Buffer.byteLength(value);
    this.varint(length);
    this.#reserve(length);
    this.#bytes.write(value, this.#length, length, 'utf8');
    this.#length += length;
  }

  /** A part of a source as `text` writes it, without making a string: what is not UTF-8 becomes U+FFFD. */
  textOf(source: ByteSource, start: number, end: number): void {
    const length = end - start;
    const before = this.#length;
    this.varint(length);
    this.#reserve(length);
    if (this.#copy(source, start, end)) return;
    this.#length = before;
    this.text(source.bytes.toString('utf8', start, end));
  }

  /** Whether what was copied is UTF-8. */
  #copy(source: ByteSource, start: number, end: number): boolean {
    const length = end - start;
    if (length > shortBytes) {
      const part = new Uint8Array(source.bytes.buffer, source.bytes.byteOffset + start, length);
      this.#bytes.set(part, this.#length);
      this.#length += length;
      return isUtf8(part);
    }
    const { bytes, view } = source;
    const to = this.#view;
    const toBytes = this.#bytes;
    let seen = 0;
    let from = start;
    let at = this.#length;
    for (const whole = end - 3; from < whole; from += 4, at += 4) {
      const word = view.getUint32(from, true);
      seen |= word;
      to.setUint32(at, word, true);
    }
    for (; from < end; from++, at++) {
      const byte = bytes[from] as number;
      seen |= byte;
      toBytes[at] = byte;
    }
    this.#length = at;
    return (seen & notAscii) === 0 || isUtf8(bytes.subarray(start, end));
  }

  #shortAscii(value: string): boolean {
    const { length } = value;
    this.#reserve(length + 1);
    const to = this.#bytes;
    let at = this.#length;
    to[at++] = length;
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index);
      if (unit >= 0x80) return false;
      to[at++] = unit;
    }
    this.#length = at;
    return true;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count));
    this.#bytes.copy(grown);
    this.#bytes = grown;
    this.#view = viewOf(grown);
  }
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++;
  return bytes;
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
