import { ByteSource } from '../store/byte-source.ts';

export type InternerOptions = {
  /** Texts that get the numbers 0, 1, ... and are never forgotten. */
  keep?: readonly string[];
  /** Past either of these `trim` forgets all but what is kept. */
  maxEntries?: number;
  maxBytes?: number;
  /** Of the hash: whoever does not know it cannot choose texts that all hash alike. Default 0. */
  seed?: number;
};

/**
 * Numbers for byte strings: the same bytes get the same number, and a known one is found without making a string of it.
 * An open-addressed table over a hash of the bytes; the bytes themselves lie one after the other in one buffer.
 */
export class Interner {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #kept: number;
  readonly #seed: number;
  #arena = new ByteSource(Buffer.allocUnsafeSlow(16 * 1024));
  #used = 0;
  /** Entry `id` lies from `#starts[id]` to `#starts[id + 1]`. */
  #starts = new Uint32Array(1025);
  #hashes = new Int32Array(1024);
  #texts: (string | undefined)[] = [];
  #size = 0;
  /** Number + 1 of an entry, 0 for a free slot; twice as large as there are entries at least. */
  #slots = new Int32Array(4096);

  constructor(options: InternerOptions = {}) {
    const { keep = [], maxEntries = 100_000, maxBytes = 16 * 1024 * 1024, seed = 0 } = options;
    this.#seed = seed;
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    for (const text of new Set(keep)) {
      const source = new ByteSource(Buffer.from(text));
      this.id(source, 0, source.bytes.length);
    }
    this.#kept = this.#size;
  }

  /** Entries. */
  get size(): number {
    return this.#size;
  }

  /** The number of the bytes from `start` to `end`, a new one where they are new. Holds until `trim` forgets it. */
  id(source: ByteSource, start: number, end: number): number {
    const hash = hashOf(this.#seed, source, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] as number;
      if (entry === 0) return this.#add(source, start, end, hash, slot);
      const id = entry - 1;
      if (this.#hashes[id] === hash && this.#holds(id, source, start, end)) return id;
    }
  }

  /** As `id`, and faster where the number is `guess`. */
  idLike(guess: number, source: ByteSource, start: number, end: number): number {
    if (guess < this.#size && this.#holds(guess, source, start, end)) return guess;
    return this.id(source, start, end);
  }

  /** The text of a number; bytes that are not UTF-8 become U+FFFD. */
  text(id: number): string {
    const known = this.#texts[id];
    if (known !== undefined) return known;
    const text = this.#arena.bytes.toString('utf8', this.#starts[id], this.#starts[id + 1]);
    this.#texts[id] = text;
    return text;
  }

  /** Forgets all but the kept entries once there are too many. @returns whether it did: all other numbers are void. */
  trim(): boolean {
    if (this.#size <= this.#maxEntries && this.#used <= this.#maxBytes) return false;
    this.#size = this.#kept;
    this.#used = this.#starts[this.#kept] ?? 0;
    this.#texts.length = Math.min(this.#texts.length, this.#kept);
    this.#slots.fill(0);
    for (let id = 0; id < this.#size; id++) this.#place(id);
    return true;
  }

  #holds(id: number, { bytes, view }: ByteSource, start: number, end: number): boolean {
    const arena = this.#arena;
    let own = this.#starts[id] as number;
    if ((this.#starts[id + 1] as number) - own !== end - start) return false;
    let at = start;
    for (const whole = end - 3; at < whole; at += 4, own += 4) {
      if (view.getInt32(at, true) !== arena.view.getInt32(own, true)) return false;
    }
    for (; at < end; at++, own++) if (bytes[at] !== arena.bytes[own]) return false;
    return true;
  }

  #add(source: ByteSource, start: number, end: number, hash: number, slot: number): number {
    const id = this.#size++;
    if (id === this.#hashes.length) this.#growEntries();
    const from = this.#used;
    this.#used += end - start;
    if (this.#used > this.#arena.bytes.length) this.#growArena();
    source.bytes.copy(this.#arena.bytes, from, start, end);
    this.#starts[id + 1] = this.#used;
    this.#hashes[id] = hash;
    this.#texts[id] = undefined;
    if (this.#size * 2 > this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 2);
      for (let known = 0; known < this.#size; known++) this.#place(known);
    } else this.#slots[slot] = id + 1;
    return id;
  }

  #place(id: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[id] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = id + 1;
  }

  #growEntries(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const starts = new Uint32Array(hashes.length + 1);
    starts.set(this.#starts);
    this.#starts = starts;
  }

  #growArena(): void {
    const bytes = Buffer.allocUnsafeSlow(Math.max(this.#arena.bytes.length * 2, this.#used));
    this.#arena.bytes.copy(bytes);
    this.#arena = new ByteSource(bytes);
  }
}

/** Multiply and shift, four bytes at a time. */
function hashOf(seed: number, { bytes, view }: ByteSource, start: number, end: number): number {
  let hash = seed ^ (end - start);
  let at = start;
  for (const whole = end - 3; at < whole; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x0100_0193);
  return Math.imul(hash ^ (hash >>> 13), 0x85eb_ca6b) ^ (hash >>> 16);
}
