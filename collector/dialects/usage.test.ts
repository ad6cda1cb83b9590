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

  it.each([
    ['Anthropic leaves cached tokens out of the input', { input: 56, output: 30 }, 56, 22],
    ['Gemini leaves thoughts out of the output', { input: 120, output: 22 }, 56, 22],
  ])('%s: the total says so', (_, reported, input, output) => {
    const total = 150;
    expect(exclusiveUsage({ ...nothing, ...reported, cacheRead: 64, reasoning: 8, total })).toMatchObject({
      input,
      output,
    });
  });

  it('does what the dialect usually does where neither size nor total tells', () => {
    const reported = { ...nothing, input: 120, cacheRead: 64, output: 30 };
    expect(exclusiveUsage(reported)).toMatchObject({ input: 56 });
    expect(exclusiveUsage(reported, true)).toMatchObject({ input: 120 });
    expect(exclusiveUsage({ ...reported, total: 150 }, true)).toMatchObject({ input: 56 });
  });

  const count = fc.nat({ max: 100_000 });
  it('finds the tokens that were used, whichever side was counted apart', () => {
    fc.assert(
      fc.property(
        fc.tuple(count, count, count, count, count),
        fc.boolean(),
        fc.boolean(),
        ([input, output, cacheRead, cacheWrite, reasoning], inputWithin, outputWithin) => {
          const cached = cacheRead + cacheWrite;
          // With as many cached tokens as thoughts the total cannot tell which side they are missing from.
          fc.pre(inputWithin === outputWithin || cached !== reasoning);
          const usage = exclusiveUsage({
            input: inputWithin ? input + cached : input,
            output: outputWithin ? output + reasoning : output,
            cacheRead,
            cacheWrite,
            reasoning,
            total: input + output + cached + reasoning,
          });
          expect(usage).toEqual({ input, cacheRead, cacheWrite, output, reasoning });
        },
      ),
    );
  });

  it('never makes a count that is negative or greater than what was reported', () => {
    const maybe = fc.option(count, { nil: null });
    const any = fc.record({
      input: maybe,
      output: maybe,
      cacheRead: maybe,
      cacheWrite: maybe,
      reasoning: maybe,
      total: maybe,
    });
    fc.assert(
      fc.property(any, fc.boolean(), (reported, apart) => {
        const usage = exclusiveUsage(reported, apart);
        for (const bucket of ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning'] as const) {
          const made = usage?.[bucket] ?? null;
          expect(made === null).toBe(reported[bucket] === null);
          expect(made ?? 0).toBeGreaterThanOrEqual(0);
          expect(made ?? 0).toBeLessThanOrEqual(reported[bucket] ?? 0);
        }
      }),
    );
  });
});
