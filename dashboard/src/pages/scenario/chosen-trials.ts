import type { TrialSummary } from '../../../../domain/trial.ts';

/** Side by side there is room for so many. */
export const MOST_CHOSEN = 4;
/** And so many of each of two runs. */
export const MOST_BESIDE = MOST_CHOSEN / 2;

/**
 * The trials of a scenario to lay side by side, those that the address names by number from 1 (`?trials=1,3`), else a passed one
 * first, as what was right, and the first of each way in which it went wrong.
 */
export function chosenTrials(trials: readonly TrialSummary[], asked: string | null): TrialSummary[] {
  const ordered = byNumber(trials);
  const named = namedTrials(ordered, asked);
  if (named.length > 0) return named.slice(0, MOST_CHOSEN);
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

/**
 * The trials of two runs to lay beside each other, half of the room for each, those of the other run first: those that
 * the address names, else one that fails beside one that passes, where there are such.
 */
export function chosenBeside(
  own: { trials: readonly TrialSummary[]; asked: string | null },
  other: { trials: readonly TrialSummary[]; asked: string | null },
): { own: TrialSummary[]; other: TrialSummary[] } {
  const failed = (trials: readonly TrialSummary[]) => trials.find(({ outcome }) => outcome.kind === 'failed');
  const passed = (trials: readonly TrialSummary[]) => trials.find(({ outcome }) => outcome.kind === 'passed');
  const [mine, theirs] = [byNumber(own.trials), byNumber(other.trials)];
  const worse = failed(mine) !== undefined;
  const first = (trials: readonly TrialSummary[], wanted: TrialSummary | undefined) =>
    wanted ? [wanted] : trials.slice(0, 1);
  const [ownNamed, otherNamed] = [namedTrials(mine, own.asked), namedTrials(theirs, other.asked)];
  return {
    own: ownNamed.length > 0 ? ownNamed.slice(0, MOST_BESIDE) : first(mine, failed(mine)),
    other:
      otherNamed.length > 0
        ? otherNamed.slice(0, MOST_BESIDE)
        : first(theirs, worse ? passed(theirs) : failed(theirs)),
  };
}

/** The address of a choice with this trial put in, or taken out; in the order chosen. */
export function toggled(
  chosen: readonly TrialSummary[],
  { index }: TrialSummary,
  most: number = MOST_CHOSEN,
): string {
  const indices = chosen.map((trial) => trial.index);
  const next = indices.includes(index)
    ? indices.filter((other) => other !== index)
    : [...indices.slice(-(most - 1)), index];
  return next.map((at) => at + 1).join(',');
}

function byNumber(trials: readonly TrialSummary[]): TrialSummary[] {
  return [...trials].sort((a, b) => a.index - b.index);
}

/** Each once, in the order named. */
function namedTrials(trials: readonly TrialSummary[], asked: string | null): TrialSummary[] {
  const named = (asked ?? '').split(',').flatMap((text) => {
    const found = trials.find(({ index }) => String(index + 1) === text.trim());
    return found ? [found] : [];
  });
  return [...new Set(named)];
}
