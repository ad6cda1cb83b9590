type Edit = { start: number; end: number; bytes: Uint8Array };

/** Changes to a protobuf message, made in the order of its bytes, and the lengths of the messages around them. */
export class EditList {
  readonly #original: Buffer;
  readonly #edits: Edit[] = [];
  /** By how much what is written so far is longer than what was there. */
  #growth = 0;

  constructor(original: Buffer) {
    this.#original = original;
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  /** Puts other bytes in the place of those from `start` to before `end`. */
  replace(start: number, end: number, bytes: Uint8Array): void {
    this.#edits.push({ start, end, bytes });
    this.#growth += bytes.length - (end - start);
  }

  /**
   * Changes what is within a message, or a text: `lengthAt` is where its length is written, `start` and `end` where it
   * lies itself. Its length is written anew if anything within it was changed.
   */
  within(lengthAt: number, start: number, end: number, change: () => void): void {
    const length: Edit = { start: lengthAt, end: start, bytes: NONE };
    const before = this.#growth;
    const index = this.#edits.push(length) - 1;
    change();
    if (this.#edits.length === index + 1) {
      this.#edits.pop();
      return;
    }
    length.bytes = varint(end - start + this.#growth - before);
    this.#growth += length.bytes.length - (start - lengthAt);
  }

  /** The whole with all changes made. */
  apply(): Buffer {
    const changed = Buffer.allocUnsafe(this.#original.length + this.#growth);
    let from = 0;
    let to = 0;
    for (const { start, end, bytes } of this.#edits) {
      to += this.#original.copy(changed, to, from, start);
      changed.set(bytes, to);
      to += bytes.length;
      from = end;
    }
    this.#original.copy(changed, to, from);
    return changed;
  }
}

const NONE = new Uint8Array();

/** Unsigned, of 32 bits at most. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
