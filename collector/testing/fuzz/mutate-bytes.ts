import fc from 'fast-check';

/** Any damage to bytes: cut, flipped, repeated, joined with others. */
export function damaged(base: Buffer, others: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const at = fc.nat({ max: base.length });
  const cut = at.map((end) => base.subarray(0, end));
  const flipped = fc
    .array(fc.tuple(at, fc.nat({ max: 7 })), { minLength: 1, maxLength: 12 })
    .map((flips) => flip(base, flips));
  const overwritten = fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 16 })).map(([start, bytes]) => {
    return Buffer.concat([base.subarray(0, start), bytes, base.subarray(start + bytes.length)]);
  });
  const inserted = fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 16 })).map(([start, bytes]) => {
    return Buffer.concat([base.subarray(0, start), bytes, base.subarray(start)]);
  });
  const repeated = fc.tuple(at, at, fc.integer({ min: 2, max: 20 })).map(([one, two, times]) => {
    const [start, end] = [Math.min(one, two), Math.max(one, two)];
    const part = base.subarray(start, end);
    return Buffer.concat([base.subarray(0, start), ...Array<Buffer>(times).fill(part), base.subarray(end)]);
  });
  const spliced = fc.tuple(at, fc.constantFrom(...others), fc.double({ min: 0, max: 1, noNaN: true }));
  return fc.oneof(
    cut,
    flipped,
    overwritten,
    inserted,
    repeated,
    spliced.map(([end, other, share]) =>
      Buffer.concat([base.subarray(0, end), other.subarray(Math.floor(other.length * share))]),
    ),
  );
}

function flip(base: Buffer, flips: readonly (readonly [number, number])[]): Buffer {
  const bytes = Buffer.from(base);
  for (const [at, bit] of flips) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return bytes;
}
