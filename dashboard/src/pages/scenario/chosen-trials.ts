import type { TrialSummary } from '../../../../domain/trial.ts';

/** Side by side there is room for so many. */
export const MOST_CHOSEN = 4;

/**
 * The trials of a scenario to lay side by side, those that the address names by number from 1 (`?trials=1,3`), else a passed one
 * first, as what was right, and the first of each way in which it went wrong.
 */
export function chosenTrials(trials: readonly TrialSummary[], asked: string | null): TrialSummary[] {
  const ordered = [...trials].sort((a, b) => a.index - b.index);
  const named = (asked ?? '').split(',').flatMap((text) => {
    const found = ordered.find(({ index }) => String(index + 1) === text.trim());
    return found ? [found] : [];
  });
  if (named.length > 0) return [...new Set(named)].slice(0, MOST_CHOSEN);
  const passed = ordered.filter(({ outcome }) => outcome.kind === 'passed');
  const wrong = new Map<string, TrialSummary>();
  for (const trial of ordered) {
    const { outcome } = trial;
    if (outcome.kind === 'passed') continue;
    const way = outcome.kind === 'failed' ? outcome.failure : outcome.kind;
    if (!wrong.has(way)) wrong.set(way, trial);
  }
  return (wrong.size > 0 ? [...passed.slice(0, 1), ...wrong.values()] : ordered.slice(0, 2)).slice(
    0,
    MOST_CHOSEN,
  );
}

/** The address of a choice with this trial put in, or taken out; in the order chosen. */
export function toggled(chosen: readonly TrialSummary[], { index }: TrialSummary): string {
  const indices = chosen.map((trial) => trial.index);
  const next = indices.includes(index)
    ? indices.filter((other) => other !== index)
    : [...indices.slice(-(MOST_CHOSEN - 1)), index];
  return next.map((at) => at + 1).join(',');
}
