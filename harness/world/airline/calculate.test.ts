import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculate, roundToCents } from './calculate.ts';
import { floatText } from './python-text.ts';

describe('calculate', () => {
  it.each([
    ['152 + 103', '255.0'],
    ['  (2 + 3) * 4', '20.0'],
    ['7-121', '-114.0'],
    ['1/3', '0.33'],
    ['2+3*4-6/3', '12.0'],
    ['2**3**2', '512.0'],
    ['-2**2', '-4.0'],
    ['2**-1', '0.5'],
    ['- -+5', '5.0'],
    ['7//2', '3.0'],
    ['-7//2', '-4.0'],
    ['7.5//2', '3.0'],
    ['1.', '1.0'],
    ['.5', '0.5'],
    ['08.5', '8.5'],
    ['00', '0.0'],
    ['-0.001', '-0.0'],
    ['0/-2', '-0.0'],
    ['0.125', '0.12'],
    ['0.375', '0.38'],
    ['2.675', '2.67'],
    ['10**16', '1e+16'],
    ['9007199254740993*3-27021597764222978', '1.0'],
    ['(10**30+1)/10**30', '1.0'],
    ['10**400//10**399', '10.0'],
    ['10**400/10**399', '10.0'],
  ])('%s is %s', (expression, result) => {
    expect(calculate(expression)).toBe(result);
  });

  it.each([
    ['1,000', 'invalid characters in expression'],
    ['1e5', 'invalid characters in expression'],
    ['1\n', 'invalid characters in expression'],
    ['', 'invalid syntax (<string>, line 0)'],
    ['   ', 'invalid syntax (<string>, line 0)'],
    ['1 2', 'invalid syntax (<string>, line 1)'],
    ['1+', 'invalid syntax (<string>, line 1)'],
    ['.', 'invalid syntax (<string>, line 1)'],
    ['(1', "'(' was never closed (<string>, line 1)"],
    ['1)', "unmatched ')' (<string>, line 1)"],
    [
      '007',
      'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers (<string>, line 1)',
    ],
    ['1/0', 'division by zero'],
    ['1.0/0', 'float division by zero'],
    ['1//0', 'integer division or modulo by zero'],
    ['1.0//0', 'float floor division by zero'],
    ['0**-1', '0.0 cannot be raised to a negative power'],
    ['10**400', 'int too large to convert to float'],
    ['9**9**9**9', 'int too large to convert to float'],
    ['(2)(3)', "'int' object is not callable"],
    ['2.5()', "'float' object is not callable"],
    ['()', "float() argument must be a string or a real number, not 'tuple'"],
    ['(-8)**0.5', "float() argument must be a string or a real number, not 'complex'"],
  ])('%j raises %s', (expression, message) => {
    expect(() => calculate(expression)).toThrow(expect.objectContaining({ name: 'ToolError', message }));
  });

  it('bounds its depth', () => {
    expect(() => calculate('('.repeat(5000) + ')'.repeat(5000))).toThrow(/too many nested/);
    expect(() => calculate(`${'-'.repeat(5000)}1`)).toThrow(/too many nested/);
  });

  it('computes sums and products of integers exactly', () => {
    const expression = fc.letrec<{ node: { text: string; value: bigint } }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.bigInt({ min: 0n, max: 10n ** 20n }).map((value) => ({ text: String(value), value })),
        tie('node').map(({ text, value }) => ({ text: `-(${text})`, value: -value })),
        fc.tuple(tie('node'), fc.constantFrom('+', '-', '*'), tie('node')).map(([left, operator, right]) => ({
          text: `(${left.text}) ${operator} (${right.text})`,
          value:
            operator === '+'
              ? left.value + right.value
              : operator === '-'
                ? left.value - right.value
                : left.value * right.value,
        })),
      ),
    })).node;
    fc.assert(
      fc.property(expression, ({ text, value }) => {
        expect(calculate(text)).toBe(floatText(Number(value)));
      }),
    );
  });

  it('divides integers as the nearest float', () => {
    const safe = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(safe, safe, (left, right) => {
        expect(calculate(`${left}/${right}`)).toBe(floatText(roundToCents(left / right)));
        // Both sides a hundred digits long: the same quotient, only to be had exactly.
        const large = 10n ** 100n;
        expect(calculate(`${BigInt(left) * large}/${BigInt(right) * large}`)).toBe(
          calculate(`${left}/${right}`),
        );
      }),
    );
  });
});

describe('roundToCents', () => {
  it('moves a value by half a cent at most, keeps its sign, and is stable', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const rounded = roundToCents(value);
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.005 + 1e-7);
        expect(Object.is(roundToCents(-value), -rounded)).toBe(true);
        expect(roundToCents(rounded)).toBe(rounded);
      }),
    );
  });

  it('gives a tie to the even cent', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.constantFrom([0.125, 12], [0.375, 38], [0.625, 62], [0.875, 88]),
        (whole, [tie, cents]) => {
          expect(roundToCents(whole + tie)).toBe(Number(`${whole}.${cents}`));
        },
      ),
    );
  });
});
