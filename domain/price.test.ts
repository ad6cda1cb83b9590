import { describe, expect, it } from 'vitest';
import { costOf, type Price, priceBook } from './price.ts';

const price = (model: string, from: string, input: number): Price => ({
  model,
  from,
  input,
  output: 0.6,
  source: 'simulated',
});
const at = (day: string) => Date.parse(day) * 1000;

describe('priceBook', () => {
  const book = priceBook([
    price('a', '2025-01-01', 1),
    price('a', '2025-07-01', 2),
    price('b', '2024-01-01', 3),
  ]);

  it.each([
    ['a', '2024-12-31', null],
    ['a', '2025-01-01', 'a@2025-01-01'],
    ['a', '2025-06-30', 'a@2025-01-01'],
    ['a', '2026-01-01', 'a@2025-07-01'],
    ['a-2024-07-18', '2026-01-01', 'a@2025-07-01'],
    ['b', '2026-01-01', 'b@2024-01-01'],
    ['b-mini', '2026-01-01', null],
    ['constructor', '2026-01-01', null],
  ])('prices %s on %s by %s', (model, day, label) => {
    expect(book(model, at(day))?.label ?? null).toBe(label);
  });
});

describe('costOf', () => {
  it('stays a whole number that JavaScript holds exactly', () => {
    const usage = {
      input: Number.MAX_SAFE_INTEGER,
      cacheRead: null,
      cacheWrite: null,
      output: 0,
      reasoning: null,
    };
    expect(costOf(usage, price('a', '2025-01-01', 75))).toBe(Number.MAX_SAFE_INTEGER);
  });
});
