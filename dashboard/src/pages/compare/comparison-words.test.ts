import { describe, expect, it } from 'vitest';
import type { ComparedSide, Measures } from '../../../../domain/run-comparison.ts';
import { changedFacts, headline, pointsWords, ratioWords, reachWords } from './comparison-words.ts';

const measures = (leaning: 'better' | 'worse' | 'unsure', value: number, low: number, high: number) =>
  ({ passed: { leaning, difference: { value, low, high }, p: 0.01 }, visibleDrop: 0.14 }) as Measures;

describe('the words of a comparison', () => {
  it('gives points and ratios a sign, and a decimal where they are small', () => {
    expect([0.213, 0.034, -0.12, 0, 0.0001].map(pointsWords)).toEqual([
      ...['+21 points', '+3.4 points', '−12 points', '±0 points', '±0 points'],
    ]);
    expect([1.3, 0.98, 1].map(ratioWords)).toEqual(['+30 %', '−2 %', '±0 %']);
    expect(reachWords({ low: -0.11, high: 0.05 }, pointsWords)).toBe('−11 to +5 points');
  });

  it('says which is better, by how much, and whether it is noise', () => {
    expect(headline(measures('worse', -0.21, -0.35, -0.07))).toBe(
      'The candidate passes 21 points less often: more than noise (95 % interval −35 to −7 points, p = .010).',
    );
    expect(headline(measures('unsure', -0.03, -0.11, 0.05))).toBe(
      '−3 points of pass rate may be noise (95 % interval −11 to +5 points, p = .010). So many trials show a drop of 14 points four times of five; a smaller one needs more of them.',
    );
    expect(headline({ ...measures('unsure', 0, -1, 1), visibleDrop: null })).toMatch(/play more/);
  });

  it('names in what the sides differ', () => {
    const side = (model: string, commit: string | null) =>
      ({
        runs: [{ pack: 'sdr', agent: 'alice', agentVersion: '1', model, seed: 'main', commit }],
      }) as ComparedSide;
    expect(changedFacts(side('a', '0123456789'), side('b', null))).toEqual([
      { label: 'model', from: 'a', to: 'b' },
      { label: 'commit', from: '0123456', to: 'none' },
    ]);
  });
});
