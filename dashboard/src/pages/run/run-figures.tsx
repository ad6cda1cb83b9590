import { formatCost, formatCount, formatDuration, formatPercent } from '../../../../domain/format.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import { Figure, Figures } from '../../ui/figure.tsx';
import { Moment } from '../../ui/moment.tsx';
import { formatInterval, formatPoints } from '../../ui/rate.tsx';

/** The five figures of a run: how good, against what, on how much, at what cost and speed. */
export function RunFigures({ run }: { run: RunSummary }) {
  const { passRate } = run;
  const judged = run.passed + run.failed;
  return (
    <Figures>
      <Figure
        name="Pass rate"
        value={passRate.n === 0 ? 'none' : formatPercent(passRate.rate)}
        note={passRate.n === 0 ? 'no trials' : `95 % interval ${formatInterval(passRate)}`}
      />
      <Difference run={run} />
      <Figure
        name="Trials"
        value={`${formatCount(run.passed)} of ${formatCount(judged)} passed`}
        note={
          <>
            <span className={run.failed > 0 ? 'fail' : undefined}>{formatCount(run.failed)} failed</span>,{' '}
            {formatCount(run.voided)} void, {formatCount(run.trialsPlanned)} planned
          </>
        }
      />
      <Figure
        name="Cost"
        value={formatCost(run.cost)}
        note={
          run.cost === null || run.trials === 0 ? undefined : `${formatCost(run.cost / run.trials)} a trial`
        }
      />
      <Figure
        name="p95 of a trial"
        value={run.p95Duration === null ? 'none' : formatDuration(run.p95Duration)}
        note={
          <>
            virtual time; {run.end === null ? 'started' : 'ran'} <Moment at={run.start} /> ago
          </>
        }
      />
    </Figures>
  );
}

function Difference({ run: { verdict } }: { run: RunSummary }) {
  const { difference = null, baseline = null } = verdict ?? {};
  if (!difference || !baseline)
    return <Figure name="Against baseline" value="none" note="no baseline to compare" />;
  return (
    <Figure
      name="Against baseline"
      value={formatPoints(difference.value)}
      note={`${formatPoints(difference.low)} to ${formatPoints(difference.high)}; was ${formatPercent(baseline.rate)} of ${formatCount(baseline.n)}`}
    />
  );
}
