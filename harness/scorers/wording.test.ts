import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonEqual } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/json.ts';
import { describePair } from './wording.ts';

const payments = (amount: number, ...rest: Json[]) => [
  { payment_id: 'credit_card_4421486', amount: 612 },
  { payment_id: 'gift_card_8887175', amount },
  ...rest,
];

describe('describePair', () => {
  it('leaves short values as they are', () => {
    expect(describePair('open', null)).toEqual(['"open"', 'null']);
  });

  it('cuts long values around their first difference', () => {
    expect(
      describePair(payments(305), payments(350, { payment_id: 'certificate_7504069', amount: 5 })),
    ).toEqual([
      '…421486"},{"amount":305,"payment_id":"gift_card_8887175"}]',
      '…421486"},{"amount":350,"payment_id":"gift_card_8887175"},{"a…',
    ]);
  });

  it('does not take the order of keys for a difference', () => {
    const text = 'x'.repeat(80);
    expect(describePair({ a: text, b: 1 }, { b: 2, a: text })).toEqual([
      '…xxxxxxxxxxxxxx","b":1}',
      '…xxxxxxxxxxxxxx","b":2}',
    ]);
  });

  it('never tells two values alike that differ', () => {
    const long = fc.array(fc.constantFrom('aaaaaaaaaa', 'aaaaaaaaab', 'b'), { maxLength: 20 });
    fc.assert(
      fc.property(long, long, (left, right) => {
        const [one, other] = describePair(left, right);
        expect(one === other).toBe(jsonEqual(left, right));
      }),
    );
  });
});
