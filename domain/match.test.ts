import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { matches } from './match.ts';
import type { Matcher } from './matcher.ts';

describe('matches', () => {
  const cases: [Matcher, Json[], Json[]][] = [
    [
      { is: 'exact', value: { b: 1, a: [25] } },
      [{ a: [25.0], b: 1 }],
      [{ a: [25] }, { a: [26], b: 1 }, null],
    ],
    [{ is: 'oneOf', values: ['won', null] }, ['won', null], ['lost', '']],
    [{ is: 'near', value: 25, tolerance: 0.5 }, [25, 24.5, 25.5], [25.51, '25', null]],
    [
      { is: 'within', time: '2026-03-02T10:00:00Z', seconds: 60 },
      ['2026-03-02T11:00:30+01:00', '2026-03-02T09:59:00Z'],
      ['2026-03-02T10:01:01Z', 'tomorrow', 1_772_445_600],
    ],
    [{ is: 'pattern', source: '^re: .*demo' }, ['RE: your Demo'], ['your demo', 5]],
    [{ is: 'pattern', source: '(' }, [], ['(']],
    [{ is: 'anyText' }, ['x'], ['', '  ', 1, null]],
    [{ is: 'any' }, [null, 1, {}], []],
    [{ is: 'set', values: [1, 1, 2] }, [[2, 1, 1]], [[1, 2], [1, 2, 2], [1, 1, 2, 3], 'x']],
  ];

  it.each(cases)('%j', (matcher, accepted, refused) => {
    expect(accepted.map((value) => matches(matcher, value))).toEqual(accepted.map(() => true));
    expect(refused.map((value) => matches(matcher, value))).toEqual(refused.map(() => false));
  });
});
