import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../domain/outcome.ts';
import type { TrialSummary } from '../../../../domain/trial.ts';
import { chosenTrials, toggled } from './chosen-trials.ts';

const failed = (failure: string) => ({ kind: 'failed', failure, explanation: '' }) as Outcome;
const passed: Outcome = { kind: 'passed' };
const trial = (index: number, outcome: Outcome) => ({ index, outcome }) as TrialSummary;

const trials = [
  trial(3, failed('harm')),
  trial(0, failed('missed')),
  trial(1, passed),
  trial(2, failed('missed')),
  trial(4, passed),
];
const chosen = (asked: string | null, of = trials) => chosenTrials(of, asked).map(({ index }) => index);

describe('chosenTrials', () => {
  it('puts what was right beside the first of each way in which it went wrong', () => {
    expect(chosen(null)).toEqual([1, 0, 3]);
    expect(chosen(null, [trial(0, failed('missed'))])).toEqual([0]);
  });

  it('takes two where all went well', () => {
    expect(chosen(null, [trial(1, passed), trial(0, passed), trial(2, passed)])).toEqual([0, 1]);
    expect(chosen(null, [])).toEqual([]);
  });

  it('follows the address, in its order, each once and no more than there is room for', () => {
    expect(chosen('5, 1,5')).toEqual([4, 0]);
    expect(chosen('5,4,3,2,1')).toEqual([4, 3, 2, 1]);
    expect(chosen('9,x')).toEqual([1, 0, 3]);
  });
});

describe('toggled', () => {
  it('adds and takes out, and makes room for what is added', () => {
    const of = (...indices: number[]) => indices.map((index) => trial(index, passed));
    expect(toggled(of(1, 0), trial(3, passed))).toBe('2,1,4');
    expect(toggled(of(1, 0), trial(0, passed))).toBe('2');
    expect(toggled(of(1, 0, 3, 4), trial(2, passed))).toBe('1,4,5,3');
  });
});
