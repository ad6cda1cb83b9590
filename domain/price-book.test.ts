import { describe, expect, it } from 'vitest';
import type { Price } from './price.ts';
import { priceBook } from './price-book.ts';

const price = (model: string, from: string): Price => ({
  model,
  from,
  input: 1,
  output: 2,
  source: 'simulated',
});
const lookup = priceBook([
  price('gpt-4o', '2024-05-13'),
  price('gpt-4o', '2024-10-02'),
  price('gpt-4o-2024-05-13', '2024-05-13'),
  price('Nova-Pro', '2024-12-03'),
]);
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) * 1000;
const named = (model: string, at: number) => lookup(model, at)?.label ?? null;

describe('priceBook', () => {
  it('takes the row in force at the time, from its first microsecond on', () => {
    expect(named('gpt-4o', day('2024-10-02'))).toBe('gpt-4o@2024-10-02');
    expect(named('gpt-4o', day('2024-10-02') - 1)).toBe('gpt-4o@2024-05-13');
    expect(named('gpt-4o', day('2024-05-13') - 1)).toBeNull();
  });

  it('prefers the price of a release to that of its model', () => {
    expect(named('gpt-4o-2024-05-13', day('2026-01-01'))).toBe('gpt-4o-2024-05-13@2024-05-13');
    expect(named('openai/gpt-4o-2024-08-06', day('2026-01-01'))).toBe('gpt-4o@2024-10-02');
  });

  it('does not mind the case', () => {
    expect(named('amazon.nova-pro-v1:0', day('2026-01-01'))).toBe('Nova-Pro@2024-12-03');
  });

  it('knows no other model, the first time and after', () => {
    expect(named('gpt-5', day('2026-01-01'))).toBeNull();
    expect(named('gpt-5', day('2026-01-01'))).toBeNull();
  });

  it('answers as before after more names than it keeps in mind', () => {
    for (let i = 0; i < 10_001; i++) lookup(`model-${i}`, 0);
    expect(named('gpt-4o', day('2026-01-01'))).toBe('gpt-4o@2024-10-02');
  });
});
