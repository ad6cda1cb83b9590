import type { ByteSource } from './byte-source.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Column, put } from './column.ts';

/** `String`: each value is its length and its bytes, one after the other. */
export class TextColumn implements Column {
  readonly name: string;
  readonly type = 'String';
  readonly #out = new ByteWriter();
  #saved = 0;

  constructor(name: string) {
    this.name = name;
  }

  push(value: string): void {
    this.#out.text(value);
  }

  /** UTF-8 as it lies in the source. */
  pushOf(source: ByteSource, start: number, end: number): void {
    this.#out.textOf(source, start, end);
  }

  /** The first `count` bytes, which are UTF-8. */
  pushBytes(bytes: Uint8Array, count: number): void {
    this.#out.shortBytes(bytes, count);
  }

  /** The first values. They have no index: all before them are read too. */
  first(count: number): string[] {
    const bytes = this.#out.bytes();
    const texts: string[] = [];
    for (let at = 0; texts.length < count && at < bytes.length; ) {
      let length = 0;
      for (let scale = 1; ; scale *= 0x80) {
        const byte = bytes[at++] ?? 0;
        length += (byte & 0x7f) * scale;
        if (byte < 0x80) break;
      }
      texts.push(bytes.toString('utf8', at, at + length));
      at += length;
    }
    return texts;
  }

  size(): number {
    return this.#out.length;
  }

  write(out: Buffer, at: number): number {
    return put(out, at, this.#out.bytes());
  }

  save(): void {
    this.#saved = this.#out.length;
  }

  restore(): void {
    this.#out.truncate(this.#saved);
  }

  clear(): void {
    this.#out.truncate(0);
  }
}
