import { describe, expect, it } from 'vitest';
import { type PriceableSpan, priceCall } from './price-call.ts';
import { compilePrices } from './price-lookup.ts';

const source = 'simulated';
const prices = compilePrices([
  { model: 'chatty', from: '2025-01-01', input: 1, output: 2, source },
  { model: 'asked', from: '2025-01-01', input: 10, output: 20, source },
]);
const call: PriceableSpan = {
  call: 'call',
  kind: 'llm',
  modelResponded: 'chatty-2025-03-03',
  modelRequested: 'asked',
  usage: { input: 5, cacheRead: null, cacheWrite: null, output: 7, reasoning: null },
  start: Date.UTC(2025, 5) * 1000,
};
const unpriced = { cost: null, price: '' };

describe('priceCall', () => {
  it('prices a call by the model that answered and names the row', () => {
    expect(priceCall(call, prices)).toEqual({ cost: 19_000, price: 'chatty@2025-01-01' });
  });

  it('takes the model that was asked where the answering one has no price', () => {
    const expected = { cost: 190_000, price: 'asked@2025-01-01' };
    expect(priceCall({ ...call, modelResponded: 'secret' }, prices)).toEqual(expected);
    expect(priceCall({ ...call, modelResponded: null }, prices)).toEqual(expected);
  });

  it.each([
    ['a wrapper', { call: 'aggregate' }],
    ['what is no call', { call: 'none' }],
    ['a call without usage', { usage: null }],
    ['a call of unknown models', { modelResponded: 'x', modelRequested: null }],
    ['a call before the price was', { start: 0 }],
    ['a call that does not tell its output', { usage: { ...call.usage, output: null } }],
  ] as [string, Partial<PriceableSpan>][])('leaves %s unpriced', (_, change) => {
    expect(priceCall({ ...call, ...change }, prices)).toEqual(unpriced);
  });

  it('asks no output of an embedding', () => {
    const usage = { input: 5, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
    expect(priceCall({ ...call, kind: 'retrieval', usage }, prices).cost).toBe(5000);
  });
});
