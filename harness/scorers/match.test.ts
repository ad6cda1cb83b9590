import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { matches, mismatches, tableMatches } from '../../domain/match.ts';
import type { Matcher } from '../../domain/matcher.ts';
import {
  any,
  anyText,
  exact,
  id,
  near,
  noneOf,
  oneOf,
  pattern,
  setOf,
  within,
} from '../scenario/matchers.ts';

describe('matches', () => {
  const noon = within('2026-03-02T12:00:00Z', 60);
  it.each<[string, Matcher, Json, boolean]>([
    ['key order does not matter', exact({ a: 1, b: [2] }), { b: [2], a: 1.0 }, true],
    ['array order does', exact([1, 2]), [2, 1], false],
    ['a text is not a number', exact(25), '25', false],
    ['one of', oneOf('a', null), null, true],
    ['none of', oneOf('a', null), 'b', false],
    ['none of', noneOf('a', 25), 'b', true],
    ['one that is banned', noneOf('a', 25), 25.0, false],
    ['an id', id('thread'), 'th_1', true],
    ['a number as id', id('thread'), 7, true],
    ['no id', id('thread'), null, false],
    ['near in spite of binary fractions', near(0.3, 0.1), 0.4, true],
    ['too far', near(0.3, 0.1), 0.401, false],
    ['near is for numbers', near(1, 1), '1', false],
    ['another time zone', noon, '2026-03-02T13:00:30+01:00', true],
    ['no zone means UTC', noon, '2026-03-02T12:00:00', true],
    ['a minute too late', noon, '2026-03-02T12:01:01Z', false],
    ['not ISO 8601', noon, 'March 2, 2026 12:00', false],
    ['found anywhere, any case', pattern('acme'), 'To ACME Corp', true],
    ['a pattern is for texts', pattern('1'), 1, false],
    ['some text', anyText(), ' x ', true],
    ['blank', anyText(), ' \n', false],
    ['anything', any(), null, true],
    ['a set in any order', setOf('a', { b: 1 }), [{ b: 1 }, 'a'], true],
    ['a set, each as often', setOf('a', 'a', 'b'), ['a', 'b', 'b'], false],
    ['a set with a stranger', setOf('a'), ['a', 'b'], false],
  ])('%s', (_, matcher, value, expected) => {
    expect(matches(matcher, value)).toBe(expected);
  });

  it('takes an absent column for null, and nothing inherited for a column', () => {
    expect(
      mismatches({ gone: exact(null), constructor: exact(null), a: any(), b: exact(1) }, { a: 2 }),
    ).toEqual(['b']);
  });

  it('knows all tables of a service', () => {
    expect(['mail.outbox', 'mailbox.x', 'mail.'].map((table) => tableMatches('mail.*', table))).toEqual([
      true,
      false,
      true,
    ]);
    expect(tableMatches('mail.outbox', 'mail.outbox2')).toBe(false);
  });
});
