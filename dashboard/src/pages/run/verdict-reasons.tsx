import { Link } from 'wouter';
import { formatTrial } from '../../../../domain/format.ts';
import type { TrialSummary } from '../../../../domain/trial.ts';
import type { Verdict } from '../../../../domain/verdict.ts';
import { trialPath } from '../../paths.ts';
import { shownText } from '../../ui/shown-text.ts';

const shownTrials = 5;

/** Why the gate says what it says, with the trials that show it. */
export function VerdictReasons({ verdict, trials }: { verdict: Verdict; trials: readonly TrialSummary[] }) {
  if (verdict.reasons.length === 0) return null;
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons">Why</h2>
      <ul className="reasons">
        {verdict.reasons.map((reason) => (
          <li key={`${reason.code} ${reason.scenarioId} ${reason.message}`}>
            <code className="muted">{reason.code}</code>
            <span>
              {shownText(reason.message)}{' '}
              {reason.trials.slice(0, shownTrials).map((trialId) => {
                const trial = byId.get(trialId);
                return (
                  <Link key={trialId} href={trialPath(trialId)} className="reason-trial">
                    {trial ? formatTrial(trial.scenarioId, trial.index) : trialId.slice(0, 8)}
                  </Link>
                );
              })}
              {reason.trials.length > shownTrials && (
                <span className="muted">and {reason.trials.length - shownTrials} more</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
