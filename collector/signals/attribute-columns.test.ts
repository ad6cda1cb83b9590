import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedAttributes } from '../otlp/stored.ts';
import { arbitraryPairs } from '../testing/arbitrary-span.ts';
import { attributeColumns } from './attribute-columns.ts';

describe('attributes in columns', () => {
  it('keep every value, type, order and repeated key', () => {
    fc.assert(
      fc.property(arbitraryPairs, (attributes) => {
        const { pairs, letters } = attributeColumns(attributes);
        const keys = pairs.map(([key]) => key);
        const values = pairs.map(([, text]) => text);
        expect(storedAttributes(keys, values, letters)).toEqual(attributes);
      }),
    );
  });

  it('have one letter for each', () => {
    const values = [{ stringValue: 'x' }, { intValue: '1' }, { doubleValue: 0.5 }, { boolValue: true }, {}];
    const { pairs, letters } = attributeColumns(values.map((value) => ({ key: 'k', value })));
    expect(letters).toBe('sidbj');
    expect(pairs.map(([, text]) => text)).toEqual(['x', '1', '0.5', 'true', '{}']);
  });
});
