import { describe, expect, it } from 'vitest';
import { attributeMap } from '../otlp/any-value.ts';
import { attributes } from '../testing/example-span.ts';
import { indexedList } from './indexed-keys.ts';

const list = (values: Parameters<typeof attributes>[0]) =>
  indexedList(attributeMap(attributes(values)), 'm.');

describe('indexedList', () => {
  it('sorts by number, whatever the order, and makes up nothing for a gap', () => {
    expect(list({ 'm.10.x': 'ten', 'm.2.x': 'two', 'm.0.x': 'none', 'other.1.x': 'no' })).toEqual([
      { x: 'none' },
      { x: 'two' },
      { x: 'ten' },
    ]);
  });

  it('reads lists within lists', () => {
    expect(list({ 'm.0.calls.1.name': 'b', 'm.0.calls.0.name': 'a', 'm.0.role': 'assistant' })).toEqual([
      { calls: [{ name: 'a' }, { name: 'b' }], role: 'assistant' },
    ]);
  });

  it('has nothing where no key begins so, or none is a place of a list', () => {
    expect(list({ 'n.0.x': 'a', 'm.role': 'b' })).toBeNull();
  });

  it('passes over numbers that no list has, and paths that no message has', () => {
    const deep = Array.from({ length: 40 }, () => '0').join('.');
    expect(list({ 'm.10001.x': 'a', 'm.99999999999.x': 'b', [`m.${deep}`]: 'c', 'm.1.x': 'd' })).toEqual([
      { x: 'd' },
    ]);
  });

  it('keeps the longer of keys that contradict each other, in either order', () => {
    expect(list({ 'm.0.x': 'a', 'm.0.x.y': 'b' })).toEqual([{ x: { y: 'b' } }]);
    expect(list({ 'm.0.x.y': 'b', 'm.0.x': 'a' })).toEqual([{ x: { y: 'b' } }]);
  });

  it('is not led astray by names of the language', () => {
    expect(list({ 'm.0.__proto__.polluted': 'yes', 'm.0.constructor': 'c' })).toHaveLength(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
