import { describe, expect, it } from 'vitest';
import { exitCode } from './exit-code.ts';

describe('exitCode', () => {
  it.each([
    ['pass', 'neutral', 0],
    ['pass', 'fail', 0],
    ['fail', 'neutral', 1],
    ['fail', 'fail', 1],
    ['cannot-measure', 'neutral', 3],
    ['cannot-measure', 'fail', 3],
    ['inconclusive', 'neutral', 0],
    ['inconclusive', 'fail', 4],
  ] as const)('of %s, where an inconclusive run is %s, is %i', (kind, inconclusive, code) => {
    expect(exitCode({ kind }, { inconclusive })).toBe(code);
  });
});
