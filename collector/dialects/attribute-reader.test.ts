import { describe, expect, it } from 'vitest';
import type { AnyValue, KeyValue } from '../otlp/any-value.ts';
import { attributes } from '../testing/example-span.ts';
import { attributeReader } from './attribute-reader.ts';

const TABLE = { model: ['new.model', 'old.model'], both: ['shared', 'own'], also: ['shared'] };
const MODEL = 0;
const BOTH = 1;
const ALSO = 2;
const read = attributeReader<number>(TABLE);
const one = (value: AnyValue) => read([{ key: 'new.model', value }]);

describe('attributeReader', () => {
  it('lets the first key that is present decide, whatever the order of the attributes', () => {
    const both = attributes({ 'old.model': 'old', 'new.model': 'new' });
    expect(read(both).text(MODEL)).toBe('new');
    expect(read([...both].reverse()).text(MODEL)).toBe('new');
    expect(read(attributes({ 'old.model': 'old' })).text(MODEL)).toBe('old');
  });

  it('takes empty text and an unset value for absent, and the last value of a repeated key', () => {
    const empty: KeyValue[] = [
      ...attributes({ 'new.model': '', 'old.model': 'old' }),
      { key: 'new.model', value: {} },
    ];
    expect(read(empty).text(MODEL)).toBe('old');
    expect(read([...attributes({ shared: 'a' }), ...attributes({ shared: 'b' })]).text(BOTH)).toBe('b');
    expect(read([]).has(MODEL)).toBe(false);
  });

  it('lets a key serve several fields', () => {
    const fields = read(attributes({ shared: 'x' }));
    expect([fields.text(BOTH), fields.text(ALSO)]).toEqual(['x', 'x']);
  });

  it.each<[AnyValue, string | null, number | null, number | null]>([
    [{ stringValue: 'text' }, 'text', null, null],
    [{ stringValue: '12' }, '12', 12, 12],
    [{ stringValue: '1e3' }, '1e3', 1000, 1000],
    [{ stringValue: '0x10' }, '0x10', null, null],
    [{ stringValue: ' 7' }, ' 7', null, null],
    [{ stringValue: '0.5' }, '0.5', null, 0.5],
    [{ intValue: '12' }, '12', 12, 12],
    [{ intValue: '-1' }, '-1', null, -1],
    [{ intValue: '9223372036854775807' }, '9223372036854775807', null, 2 ** 63],
    [{ doubleValue: 12 }, '12', 12, 12],
    [{ doubleValue: 1.5 }, '1.5', null, 1.5],
    [{ doubleValue: 'NaN' }, 'NaN', null, null],
    [{ boolValue: true }, 'true', null, null],
    [{ arrayValue: { values: [] } }, null, null, null],
  ])('reads %j as text, count and number', (value, text, count, number) => {
    const fields = one(value);
    expect([fields.text(MODEL), fields.count(MODEL), fields.number(MODEL)]).toEqual([text, count, number]);
  });

  it('reads lists and JSON', () => {
    const words: AnyValue = { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } };
    expect(one(words).list(MODEL)).toEqual(['a']);
    expect(one({ stringValue: 'a' }).list(MODEL)).toEqual(['a']);
    expect(one(words).json(MODEL)).toEqual(['a', 1]);
    expect(one({ stringValue: '{"a":1}' }).json(MODEL)).toEqual({ a: 1 });
    expect(one({ stringValue: '{"a":' }).json(MODEL)).toBe('{"a":');
  });
});
