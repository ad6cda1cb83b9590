import { describe, expect, it } from 'vitest';
import { Rejections } from './rejections.ts';

describe('Rejections', () => {
  it('names the commonest reasons first', () => {
    const rejections = new Rejections();
    for (const reason of ['b', 'a', 'a']) rejections.add(reason);
    expect([rejections.count, rejections.summary()]).toEqual([3, 'a (2 times); b']);
  });

  it('counts any number of different reasons and names a few', () => {
    const rejections = new Rejections();
    for (let number = 0; number < 250; number++) rejections.add(`reason ${number}`);
    expect(rejections.count).toBe(250);
    expect(rejections.summary()).toMatch(/^reason 0; .*reason 4; and more than 95 more reasons$/);
  });

  it('adds up with those of another stage', () => {
    const [one, other] = [new Rejections(), new Rejections()];
    one.add('a');
    for (let number = 0; number < 150; number++) other.add(`reason ${number}`);
    other.add('reason 0');
    one.addAll(other);
    expect(one.count).toBe(152);
    expect(one.has('reason 0')).toBe(true);
  });
});
