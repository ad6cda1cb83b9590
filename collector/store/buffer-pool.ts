/** A buffer that is the caller's until it is given back. */
export type Borrowed = {
  bytes: Buffer;
  /** Nobody reads or writes `bytes` any more. To be called once, or never: then the memory is left to the collector. */
  giveBack(): void;
};

export type BufferPool = {
  /** Of `length` bytes, filled with anything. */
  take(length: number): Borrowed;
  /** Of all buffers that wait to be taken. */
  idleBytes(): number;
};

const smallestBits = 12;

/**
 * Buffers that are used again. V8 counts memory outside its heap towards the next full collection: a fresh buffer for
 * every request and block makes it collect everything every few thousand spans, which costs more than to read them.
 *
 * @param mostIdleBytes that are kept for later; what is given back beyond that is forgotten.
 */
export function bufferPool(mostIdleBytes: number): BufferPool {
  /** By the power of two that is their size. */
  const idle: Buffer[][] = [];
  let idleBytes = 0;
  return {
    take(length) {
      const bits = Math.max(smallestBits, 32 - Math.clz32(length - 1));
      const known = idle[bits]?.pop();
      if (known) idleBytes -= known.length;
      const whole = known ?? Buffer.allocUnsafeSlow(2 ** bits);
      return {
        bytes: whole.subarray(0, length),
        giveBack() {
          if (idleBytes + whole.length > mostIdleBytes) return;
          idleBytes += whole.length;
          idle[bits] ??= [];
          idle[bits].push(whole);
        },
      };
    },
    idleBytes: () => idleBytes,
  };
}
