import { ByteSource } from '../store/byte-source.ts';
import { WireError } from './wire-reader.ts';

const longestVarint = 10;

/**
 * Goes over protobuf bytes without making anything: where a reader of messages gives objects, this gives numbers. Every
 * message is walked by its end, `at` being where the cursor stands. For the path of every span; `WireReader` is easier to
 * use where that does not matter.
 * Encoding: https://protobuf.dev/programming-guides/encoding/
 */
export class WireCursor extends ByteSource {
  at = 0;
  /** The upper half of the last varint. */
  high = 0;

  /** Number and wire type of the next field, as they lie on the wire: `field * 8 + type`. */
  tag(end: number): number {
    const tag = this.varint(end);
    if (tag < 8 || this.high !== 0) {
      throw new WireError(`field number ${this.high * 0x2000_0000 + (tag >>> 3)}`);
    }
    return tag;
  }

  /** The lower half of a varint, unsigned; the upper one is in `high`. */
  varint(end: number): number {
    const first = this.at < end ? (this.bytes[this.at] as number) : 0x80;
    this.high = 0;
    if (first < 0x80) {
      this.at++;
      return first;
    }
    return this.#longVarint(end);
  }

  #longVarint(end: number): number {
    let low = 0;
    let high = 0;
    for (let index = 0; index < longestVarint; index++) {
      if (this.at >= end) throw new WireError('cut off');
      const byte = this.bytes[this.at++] as number;
      const bits = byte & 0x7f;
      if (index < 4) low |= bits << (7 * index);
      else if (index === 4) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (7 * index - 32);
      if (byte < 0x80) {
        this.high = high >>> 0;
        return low >>> 0;
      }
    }
    throw new WireError('a varint of more than ten bytes');
  }

  /** Where the content of a length-delimited field ends; the cursor is at its start then. */
  contentEnd(end: number): number {
    const length = this.varint(end);
    const left = end - this.at;
    if (this.high !== 0 || length > left) {
      throw new WireError(`${this.high * 0x1_0000_0000 + length} bytes announced, ${left} left`);
    }
    return this.at + length;
  }

  /** Passes over `count` bytes and returns where they begin. */
  take(count: number, end: number): number {
    if (count > end - this.at) throw new WireError('cut off');
    const start = this.at;
    this.at += count;
    return start;
  }

  /** Passes over the content of a field, whatever it is. */
  skip(tag: number, end: number): void {
    const type = tag & 7;
    if (type === 2) this.at = this.contentEnd(end);
    else if (type === 0) this.varint(end);
    else if (type === 1) this.take(8, end);
    else if (type === 5) this.take(4, end);
    else if (type === 3) this.#skipGroup(tag, end);
    else throw new WireError(`wire type ${type}`);
  }

  /** Groups within groups have no length, and no depth that a stack would hold. */
  #skipGroup(outermost: number, end: number): void {
    const open = [outermost >>> 3];
    while (open.length > 0) {
      if (this.at >= end) throw new WireError('a group without its end');
      const tag = this.tag(end);
      if ((tag & 7) === 3) open.push(tag >>> 3);
      else if ((tag & 7) !== 4) this.skip(tag, end);
      else if (open.pop() !== tag >>> 3) throw new WireError('the end of a group that is not open');
    }
  }
}
