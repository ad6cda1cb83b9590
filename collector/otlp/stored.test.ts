import { describe, expect, it } from 'vitest';
import { storedAttributes, storedList } from './stored.ts';

describe('storedAttributes', () => {
  it('gives back type, order and repeated keys', () => {
    const values = ['1', '1', '1', 'true', '{"bytesValue":"AQ=="}', 'NaN', '-0', '9007199254740993'];
    expect(storedAttributes(['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g'], values, 'sidbjddi')).toEqual([
      { key: 'a', value: { stringValue: '1' } },
      { key: 'a', value: { intValue: '1' } },
      { key: 'b', value: { doubleValue: 1 } },
      { key: 'c', value: { boolValue: true } },
      { key: 'd', value: { bytesValue: 'AQ==' } },
      { key: 'e', value: { doubleValue: 'NaN' } },
      { key: 'f', value: { doubleValue: '-0' } },
      { key: 'g', value: { intValue: '9007199254740993' } },
    ]);
  });
});

describe('storedList', () => {
  it('takes empty text for none', () => {
    expect([storedList(''), storedList('[1]')]).toEqual([[], [1]]);
  });
});
