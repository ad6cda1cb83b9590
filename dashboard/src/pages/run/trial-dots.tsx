import { Link } from 'wouter';
import { outcomeWords } from '../../../../domain/outcome-words.ts';
import type { TrialSummary } from '../../../../domain/trial.ts';
import { trialPath } from '../../paths.ts';
import { OutcomeIcon } from '../../ui/outcome-mark.tsx';

/** One mark a trial, by index; each leads to its trial. Shape and colour say the same. */
export function TrialDots({ trials }: { trials: readonly TrialSummary[] }) {
  return (
    <ul className="dots">
      {trials.map((trial, position) => {
        const label = `Trial ${trial.index + 1}: ${outcomeWords(trial.outcome)}`;
        return (
          <li key={trial.id}>
            <Link
              href={trialPath(trial.id)}
              title={label}
              aria-label={label}
              data-row={position === 0 || undefined}
            >
              <OutcomeIcon outcome={trial.outcome} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
