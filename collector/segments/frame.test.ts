import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from './block.ts';
import { frameBytes, frameHeader, type ReadAt, scanFrames } from './frame.ts';

const block = fc.record<Block>({
  table: fc.constantFrom('spans', 'span_payloads', 'logs'),
  rows: fc.nat(),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
});
const append = fc.array(block, { minLength: 1, maxLength: 3 });

const written = (blocks: readonly Block[]) =>
  Buffer.concat(blocks.flatMap((one, index) => [frameHeader(one, index === blocks.length - 1), one.bytes]));
const readerOf =
  (file: Buffer): ReadAt =>
  async (offset, length) =>
    file.subarray(offset, offset + length);
const scan = (file: Buffer) => scanFrames(readerOf(file), file.length);

describe('the frames of a segment', () => {
  it('are read as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(append), async (appends) => {
        const file = Buffer.concat(appends.map(written));
        const { frames, damaged, end } = await scan(file);
        const read = frames.map(({ table, rows, offset, length }) => ({
          table,
          rows,
          bytes: file.subarray(offset, offset + length),
        }));
        expect(read).toEqual(appends.flat());
        expect([damaged, end]).toEqual([[], file.length]);
        expect(appends.flat().reduce((sum, one) => sum + frameBytes(one), 0)).toBe(file.length);
      }),
    );
  });

  it('end with the last whole append, wherever writing was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(append), append, fc.nat(), async (appends, torn, cut) => {
        const whole = Buffer.concat(appends.map(written));
        const tail = written(torn);
        const { end } = await scan(Buffer.concat([whole, tail.subarray(0, cut % tail.length)]));
        expect(end).toBe(whole.length);
      }),
    );
  });

  it('are all found but the one in which a byte has changed, and its place is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 6 }), fc.nat(), async (blocks, at) => {
        const file = Buffer.concat(blocks.map((one) => written([one])));
        const place = at % file.length;
        file[place] = (file[place] ?? 0) ^ 0x40;
        let from = 0;
        const intact = blocks.filter((one) => {
          const start = from;
          from += frameBytes(one);
          return place < start || place >= from;
        });
        const { frames, damaged } = await scan(file);
        expect(frames.map(({ table, rows }) => ({ table, rows }))).toEqual(
          intact.map(({ table, rows }) => ({ table, rows })),
        );
        expect(damaged).toHaveLength(1);
        const [{ from: first, to } = { from: 0, to: 0 }] = damaged;
        expect(first <= place && place < to).toBe(true);
      }),
    );
  });

  it('of random bytes are none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await scan(Buffer.from(bytes))).frames).toEqual([]);
      }),
    );
  });
});
