import type { BudgetRow, ScenarioRow } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** What the gate says, as a person says it. */
export const VERDICT_WORDS: Record<Verdict['kind'], string> = {
  pass: 'Pass',
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  'cannot-measure': 'Cannot measure',
};

/** What the gate says of one scenario. */
export const STATUS_WORDS: Record<ScenarioRow['status'], string> = {
  regressed: 'became worse',
  suspect: 'suspect',
  unmeasured: 'unmeasured',
  new: 'new',
  changed: 'changed',
  gone: 'not run',
  unchanged: 'as before',
};

/** What is compared, by which clock. */
export function measureWords({ measure, unit }: Pick<BudgetRow, 'measure' | 'unit'>): string {
  if (unit === 'wall-clock') return `${measure}, wall clock`;
  return unit === 'virtual-clock' ? `${measure}, the world's clock` : measure;
}
