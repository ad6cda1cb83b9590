import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES, loadPrices } from './load-prices.ts';

describe('the price list', () => {
  const prices = loadPrices(DEFAULT_PRICES);
  const card = readFileSync(join(dirname(DEFAULT_PRICES), 'README.md'), 'utf8');

  it('has one row for a model and a day, with a public or simulated source', () => {
    const keys = prices.map(({ model, from }) => `${model} ${from}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { source } of prices) expect(source).toMatch(/^(https:\/\/|simulated$)/);
  });

  it('is the one that its card describes', () => {
    const models = new Set(prices.map(({ model }) => model)).size;
    expect(card).toContain(`${prices.length} rows of ${models} models`);
    expect(card).toContain(createHash('sha256').update(readFileSync(DEFAULT_PRICES)).digest('hex'));
  });
});
