import { describe, expect, it } from 'vitest';
import { priceBook } from './price-book.ts';
import { type PriceableSpan, priceCall } from './price-call.ts';

const source = 'simulated';
const prices = priceBook([
  { model: 'chatty', from: '2025-01-01', input: 1, output: 2, source },
  { model: 'asked', from: '2025-01-01', input: 10, output: 20, source },
]);
const call: PriceableSpan = {
  call: 'call',
  kind: 'llm',
  modelResponded: 'chatty-2025-03-03',
  modelRequested: 'asked',
  usage: { input: 5, cacheRead: null, cacheWrite: null, output: 7, reasoning: null },
};
const start = Date.UTC(2025, 5) * 1000;
const unpriced = { cost: null, price: '' };

describe('priceCall', () => {
  it('prices a call by the model that answered and names the row', () => {
    expect(priceCall(call, start, prices)).toEqual({ cost: 19_000, price: 'chatty@2025-01-01' });
  });

  it('takes the model that was asked where the answering one has no price', () => {
    const expected = { cost: 190_000, price: 'asked@2025-01-01' };
    expect(priceCall({ ...call, modelResponded: 'secret' }, start, prices)).toEqual(expected);
    expect(priceCall({ ...call, modelResponded: null }, start, prices)).toEqual(expected);
  });

  it.each([
    ['a wrapper', { call: 'aggregate' }],
    ['what is no call', { call: 'none' }],
    ['a call without usage', { usage: null }],
    ['a call of unknown models', { modelResponded: 'x', modelRequested: null }],
    ['a call that does not tell its output', { usage: { ...call.usage, output: null } }],
  ] as [string, Partial<PriceableSpan>][])('leaves %s unpriced', (_, change) => {
    expect(priceCall({ ...call, ...change }, start, prices)).toEqual(unpriced);
  });

  it('leaves a call from before the price unpriced', () => {
    expect(priceCall(call, 0, prices)).toEqual(unpriced);
  });

  it('asks no output of an embedding', () => {
    const usage = { input: 5, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
    expect(priceCall({ ...call, kind: 'retrieval', usage }, start, prices).cost).toBe(5000);
  });
});
