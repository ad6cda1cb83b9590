import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exclusiveUsage, type ReportedUsage } from './usage.ts';

const nothing: ReportedUsage = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  total: null,
};
const sum = (usage: object | null) =>
  Object.values(usage ?? {}).reduce((total: number, count) => total + (count ?? 0), 0);

describe('exclusiveUsage', () => {
  it('takes parts out of an inclusive whole', () => {
    expect(
      exclusiveUsage({ ...nothing, input: 120, cacheRead: 64, output: 30, reasoning: 8, total: 150 }),
    ).toEqual({ input: 56, cacheRead: 64, cacheWrite: null, output: 22, reasoning: 8 });
  });

  it('leaves exclusive counts, which the total gives away', () => {
    expect(
      exclusiveUsage({ ...nothing, input: 56, cacheRead: 64, output: 22, reasoning: 8, total: 150 }),
    ).toEqual({
      input: 56,
      cacheRead: 64,
      cacheWrite: null,
      output: 22,
      reasoning: 8,
    });
  });

  it('does not take more out of a whole than it has', () => {
    expect(exclusiveUsage({ ...nothing, input: 10, cacheRead: 64 })?.input).toBe(10);
  });

  it('says nothing where nothing was said, and keeps a real zero', () => {
    expect(exclusiveUsage({ ...nothing, total: 5 })).toBeNull();
    expect(exclusiveUsage({ ...nothing, input: 0, output: 0 })).toMatchObject({
      input: 0,
      output: 0,
      cacheRead: null,
    });
  });

  const count = fc.nat({ max: 100_000 });
  it('sums up to the provider’s total, whichever way it was counted', () => {
    fc.assert(
      fc.property(
        count,
        count,
        count,
        count,
        count,
        fc.boolean(),
        (input, output, read, write, think, within) => {
          const total = input + output + read + write + think;
          const usage = exclusiveUsage({
            input: within ? input + read + write : input,
            output: within ? output + think : output,
            cacheRead: read,
            cacheWrite: write,
            reasoning: think,
            total,
          });
          expect(sum(usage)).toBe(total);
          expect(usage).toMatchObject({ input, output });
        },
      ),
    );
  });
});
