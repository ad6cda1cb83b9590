/** Wire types of protobuf. */
export const VARINT = 0;
const FIXED64 = 1;
export const LENGTH = 2;
const START_GROUP = 3;
const END_GROUP = 4;
const FIXED32 = 5;

/**
 * Goes through the fields of one protobuf message, and stops where the bytes make no sense instead of throwing: to
 * refuse them is the decoder's part. It is as lenient as a decoder can be (a tag and a length are cut to 32 bits; a
 * group is gone into), so that what any decoder reads, it has gone by.
 */
export class FieldCursor {
  /** Number of the current field. */
  field = 0;
  /** Its wire type. */
  type = 0;
  /** Where its tag begins. */
  tagAt = 0;
  /** Where what follows the tag begins. */
  payloadAt = 0;
  /** Where its value begins: behind the length where it has one. */
  start = 0;
  /** Where its value ends. */
  end: number;
  /** Whether the bytes stopped making sense. */
  broken = false;
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  #at: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#limit = end;
    this.end = start;
  }

  /** Moves on to the next field; `false` at the end of the message, or where it is broken. */
  next(): boolean {
    if (this.broken || this.#at >= this.#limit) return false;
    this.tagAt = this.#at;
    const tag = this.#varint();
    this.field = tag >>> 3;
    this.type = tag & 7;
    this.payloadAt = this.#at;
    const size = this.#size();
    this.start = this.type === LENGTH ? this.#at : this.payloadAt;
    this.end = this.start + size;
    if (size < 0 || this.end > this.#limit) this.broken = true;
    this.#at = this.end;
    return !this.broken;
  }

  /** The low 32 bits of the current field, where it is a varint. */
  uint32(): number {
    const after = this.#at;
    this.#at = this.start;
    const value = this.#varint();
    this.#at = after;
    return value;
  }

  /** Bytes of the current value; -1 where it has none that could be told. */
  #size(): number {
    switch (this.type) {
      case VARINT:
        this.#varint();
        return this.#at - this.payloadAt;
      case FIXED64:
        return 8;
      case LENGTH:
        return this.#varint();
      case START_GROUP:
      case END_GROUP:
        return 0;
      case FIXED32:
        return 4;
      default:
        return -1;
    }
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#at < this.#limit ? this.#bytes[this.#at] : undefined;
      if (byte === undefined) break;
      this.#at++;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    this.broken = true;
    return 0;
  }
}
