/** Bytes that are not protobuf. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

/**
 * Reads one protobuf message: fields one after the other, each with its number and wire type. A reader of a nested
 * message is a window on the same bytes; nothing is copied.
 * Encoding: https://protobuf.dev/programming-guides/encoding/
 */
export class WireReader {
  /** Number of the current field. */
  field = 0;
  /** Wire type of the current field: 0 varint, 1 fixed64, 2 length-delimited, 3/4 group, 5 fixed32. */
  type = 0;
  readonly #bytes: Buffer;
  #at: number;
  readonly #end: number;

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** Moves on to the next field; `false` at the end of the message. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const tag = Number(this.varint());
    this.field = Math.floor(tag / 8);
    this.type = tag % 8;
    if (this.field === 0 || this.field > 0x1fff_ffff) throw new WireError(`field number ${this.field}`);
    return true;
  }

  /** Whether nothing is left of the message; within a packed field, of its numbers. */
  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** Whether the current field is this one in this wire type; a known number of another type is an unknown field. */
  is(field: number, type: number): boolean {
    return this.field === field && this.type === type;
  }

  /** 64 bits, unsigned. */
  varint(): bigint {
    // Nearly every varint is a tag or a length of a few bytes: plain numbers as far as they are exact.
    let low = 0;
    let scale = 1;
    for (let i = 0; i < 7; i++) {
      const byte = this.#byte();
      low += (byte & 0x7f) * scale;
      if (byte < 0x80) return BigInt(low);
      scale *= 0x80;
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireError('a varint of more than ten bytes');
  }

  /** The low 32 bits of a varint, signed: what an enum or an int32 is. */
  int32(): number {
    return Number(BigInt.asIntN(32, this.varint()));
  }

  uint32(): number {
    return Number(BigInt.asUintN(32, this.varint()));
  }

  fixed32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  fixed64(): bigint {
    return this.#bytes.readBigUInt64LE(this.#take(8));
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  bytes(): Buffer {
    const length = this.#length();
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** Invalid UTF-8 becomes U+FFFD. */
  text(): string {
    return this.bytes().toString('utf8');
  }

  message(): WireReader {
    const length = this.#length();
    const start = this.#take(length);
    return new WireReader(this.#bytes, start, start + length);
  }

  /** Passes over the current field, whatever it is. */
  skip(): void {
    if (this.type === 0) this.varint();
    else if (this.type === 1) this.#take(8);
    else if (this.type === 2) this.#take(this.#length());
    else if (this.type === 5) this.#take(4);
    else if (this.type === 3) this.#skipGroup(this.field);
    else throw new WireError(`wire type ${this.type}`);
  }

  #skipGroup(outermost: number): void {
    const open = [outermost];
    while (open.length > 0) {
      if (!this.next()) throw new WireError('a group without its end');
      if (this.type === 3) open.push(this.field);
      else if (this.type !== 4) this.skip();
      else if (open.pop() !== this.field) throw new WireError('the end of a group that is not open');
    }
  }

  #length(): number {
    const length = this.varint();
    if (length > BigInt(this.#end - this.#at)) {
      throw new WireError(`${length} bytes announced, ${this.#end - this.#at} left`);
    }
    return Number(length);
  }

  #byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    if (byte === undefined) throw new WireError('cut off');
    this.#at++;
    return byte;
  }

  #take(count: number): number {
    if (count > this.#end - this.#at) throw new WireError('cut off');
    const start = this.#at;
    this.#at += count;
    return start;
  }
}
