import { describe, expect, it } from 'vitest';
import { answerTo, createGrants, readGrantLines } from './grants.ts';

describe('grants', () => {
  it('are read from lines of their own and from nothing else', () => {
    const message =
      'You may write on the shop, grant: shop write\nGrant: shop read, write\nrevoke: cloud write\ngrant: all of it';
    expect(readGrantLines(message)).toEqual({
      words: [
        { site: 'shop', access: 'read', allowed: true },
        { site: 'shop', access: 'write', allowed: true },
        { site: 'cloud', access: 'write', allowed: false },
      ],
      rest: 'You may write on the shop, grant: shop write\ngrant: all of it',
    });
  });

  it('hold for one site and one kind of access; the last word counts', () => {
    const grants = createGrants(readGrantLines('grant: shop read').words);
    expect([grants.said('shop', 'read'), grants.said('shop', 'write'), grants.said('cloud', 'read')]).toEqual(
      [true, null, null],
    );
    grants.set('shop', 'read', false);
    expect(grants.said('shop', 'read')).toBe(false);
  });

  it('are answered by a clear yes or no', () => {
    expect(['Yes, please.', 'ok', 'Go ahead'].map(answerTo)).toEqual([true, true, true]);
    expect(['No, leave it.', "Don't", 'never'].map(answerTo)).toEqual([false, false, false]);
    expect(['Why?', 'Nobody said so', 'What would it cost?'].map(answerTo)).toEqual([null, null, null]);
  });
});
