import type { Expectations } from '../../domain/expectations.ts';
import type { ExpectedEffect } from '../../domain/expected-effect.ts';
import { ledgerOf } from '../../domain/ledger.ts';
import type { Matcher } from '../../domain/matcher.ts';
import type { TrialRecord } from '../scorers/scorer.ts';

/** Expectations with one thing made wrong, so that what was right is right no more. */
export type ExpectationMutant = {
  path: readonly PropertyKey[];
  /** `when this effect is not expected` */
  what: string;
  expect: Expectations;
};

/** Nothing in a world has this value. */
const NOWHERE: Matcher = { is: 'exact', value: '\u0000rehearse' };

/** Each expected effect left out, and each of its values made another, of the end that the reference comes to. */
export function expectationMutants(
  expect: Expectations,
  { journal, turns }: Pick<TrialRecord, 'journal' | 'turns'>,
): ExpectationMutant[] {
  const { end } = ledgerOf(expect, journal, turns);
  const common = listMutants(expect.effects, ['expect', 'effects'], (effects) => ({ ...expect, effects }));
  if (!end) return common;
  const at = expect.anyOf.indexOf(end);
  const own = listMutants(end.effects, ['expect', 'anyOf', at, 'effects'], (effects) => ({
    ...expect,
    anyOf: expect.anyOf.with(at, { ...end, effects }),
  }));
  return [...common, ...own];
}

function listMutants(
  effects: readonly ExpectedEffect[],
  path: readonly PropertyKey[],
  put: (effects: ExpectedEffect[]) => Expectations,
): ExpectationMutant[] {
  return effects.flatMap((effect, index) => {
    const here = [...path, index];
    const columns = Object.keys(effect.columns).map((name) => ({
      path: [...here, 'columns', name],
      what: `when another ${name} is expected`,
      expect: put(effects.with(index, { ...effect, columns: { ...effect.columns, [name]: NOWHERE } })),
    }));
    const key = effect.key
      ? [
          {
            path: [...here, 'key'],
            what: 'when another row is expected',
            expect: put(effects.with(index, { ...effect, key: NOWHERE })),
          },
        ]
      : [];
    const dropped = {
      path: here,
      what: 'when this effect is not expected',
      expect: put(effects.toSpliced(index, 1)),
    };
    return [dropped, ...key, ...columns];
  });
}
