import { describe, expect, it } from 'vitest';
import { compilePrices } from '../../domain/price-lookup.ts';
import { attributes, exampleSpan } from '../testing/example-span.ts';
import { DEFAULT_PRICES, loadPrices } from './load-prices.ts';
import { recordSpan } from './span-record.ts';
import { versionOf } from './span-version.ts';

const prices = compilePrices(loadPrices(DEFAULT_PRICES));
const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-4o-mini',
  'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
  'gen_ai.usage.input_tokens': 120,
  'gen_ai.usage.cache_read.input_tokens': 64,
  'gen_ai.usage.output_tokens': 30,
};
const record = (values: Parameters<typeof attributes>[0]) =>
  recordSpan(exampleSpan({ attributes: attributes(values) }), prices);

describe('recordSpan', () => {
  it('prices a model call by the model that answered', () => {
    // 56 x 0.15 + 64 x 0.075 + 30 x 0.60 USD a million
    expect(record(call).priced.cost).toBe(31_200);
  });

  it.each([
    ['without a price', { ...call, 'gen_ai.request.model': 'new', 'gen_ai.response.model': 'new' }],
    ['that is a wrapper', { ...call, 'gen_ai.operation.name': 'invoke_agent' }],
    ['without usage', { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o-mini' }],
  ])('leaves a span %s unpriced, never free', (_, values) => {
    expect(record(values).priced.cost).toBeNull();
  });

  it('prices embeddings', () => {
    expect(
      record({
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.request.model': 'text-embedding-3-small',
        'gen_ai.usage.input_tokens': 9,
      }).priced.cost,
    ).toBe(180);
  });

  it('takes the trial from the span, else from its resource, and passes over what is no id', () => {
    const trial = (own: Record<string, string>, shared: Record<string, string>) =>
      recordSpan(
        exampleSpan({
          attributes: attributes(own),
          resource: { attributes: attributes(shared), schemaUrl: '' },
        }),
        prices,
      ).canonical.trialId;
    const [a, b] = ['a'.repeat(24), 'b'.repeat(24)];
    expect(trial({ 'rehearse.trial.id': a }, { 'rehearse.trial.id': b })).toBe(a);
    expect(trial({}, { 'rehearse.trial.id': b })).toBe(b);
    expect(trial({ 'rehearse.trial.id': 'trial one' }, {})).toBeNull();
  });
});

describe('versionOf', () => {
  it('is higher for the delivery that ended last, then for the one that says more', () => {
    const early = exampleSpan();
    const late = exampleSpan({ endTimeUnixNano: early.endTimeUnixNano + 1000n });
    const more = exampleSpan({ attributes: attributes({ a: 1, b: 2 }) });
    expect(versionOf(late)).toBeGreaterThan(versionOf(more));
    expect(versionOf(more)).toBeGreaterThan(versionOf(early));
  });

  it('fits into 64 bits until the year 2100', () => {
    const last = exampleSpan({ endTimeUnixNano: BigInt(Date.UTC(2100, 0)) * 1_000_000n - 1n });
    expect(versionOf(last)).toBeLessThan(2n ** 64n);
  });
});

describe('loadPrices', () => {
  it('says where it expected a list', () => {
    expect(() => loadPrices('/nowhere/prices.json')).toThrow(
      expect.objectContaining({
        code: 'DATA_DIRECTORY_MISSING',
        message: 'expected a price list at /nowhere/prices.json',
      }),
    );
  });

  it('refuses a file that is none', () => {
    expect(() => loadPrices(import.meta.filename)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });
});
