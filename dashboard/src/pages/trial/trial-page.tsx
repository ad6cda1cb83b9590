import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { TrialId } from '../../../../domain/ids.ts';
import { ledgerOf } from '../../../../domain/ledger.ts';
import { explanationOf, outcomeWords } from '../../../../domain/outcome-words.ts';
import type { Run } from '../../../../domain/run.ts';
import { shownRows } from '../../../../domain/shown-rows.ts';
import type { Trial } from '../../../../domain/trial.ts';
import { runPath, tracePath } from '../../paths.ts';
import { trialQuery } from '../../queries.ts';
import { Name } from '../../ui/name.tsx';
import { OutcomeMark } from '../../ui/outcome-mark.tsx';
import { Page } from '../../ui/page.tsx';
import { shownText } from '../../ui/shown-text.ts';
import { Failure, Loading } from '../../ui/states.tsx';
import { CallTable } from './call-table.tsx';
import { Conversation } from './conversation.tsx';
import { Findings, findingsOf, isTold } from './findings.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { ScoreTable } from './score-table.tsx';
import { TrialFigures } from './trial-figures.tsx';

/** What did it do to the world, and why did it fail? */
export function TrialPage({ trialId }: { trialId: TrialId }) {
  const { data, error, refetch } = useQuery(trialQuery(trialId));
  if (error || !data) {
    return (
      <Page title={`Trial ${trialId}`} crumbs={[{ label: 'Runs', href: '/' }]} heading="Trial">
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading what="the trial" />}
      </Page>
    );
  }
  const { trial, run } = data;
  return (
    <Page
      title={`${outcomeWords(trial.outcome)}: ${trial.scenario.title}`}
      crumbs={[
        { label: 'Runs', href: '/' },
        { label: run.pack, href: runPath(run.id) },
      ]}
      heading={
        <>
          <Name of={trial.scenario.title} /> <span className="muted">#{trial.index + 1}</span>
        </>
      }
      actions={
        trial.traceId ? (
          <Link href={tracePath(trial.traceId)} className="button primary">
            Open trace
          </Link>
        ) : (
          <span className="muted">No trace arrived</span>
        )
      }
    >
      <TrialBody trial={trial} run={run} />
    </Page>
  );
}

function TrialBody({ trial, run }: { trial: Trial; run: Run }) {
  const { scenario } = trial;
  const explanation = explanationOf(trial.outcome);
  const findings = findingsOf(trial.scores);
  const { rows: all, end, abstain } = ledgerOf(scenario.expect, trial.journal, trial.turns);
  const rows = shownRows(all);
  return (
    <>
      <section className="outcome" aria-label="Outcome">
        <OutcomeMark outcome={trial.outcome} />
        {explanation && !isTold(explanation, findings) && <p>{shownText(explanation)}</p>}
        <Findings findings={findings} traceId={trial.traceId} />
      </section>
      <TrialFigures trial={trial} run={run} />
      <div className="columns">
        <div>
          <section aria-labelledby="ledger">
            <h2 id="ledger">What it did to the world</h2>
            {end && (
              <p className="muted">
                {scenario.expect.anyOf.length} ends are right here; this trial comes nearest to “{end.title}”.
              </p>
            )}
            {abstain && <p className="muted">{abstainWords[abstain]}</p>}
            {rows.length === 0 ? (
              <p className="muted">Nothing was expected and nothing was done.</p>
            ) : (
              <LedgerTable rows={rows} traceId={trial.traceId} />
            )}
          </section>
          <section aria-labelledby="scores">
            <h2 id="scores">Scores</h2>
            <ScoreTable scores={trial.scores} traceId={trial.traceId} />
          </section>
        </div>
        <div>
          <section aria-labelledby="conversation">
            <h2 id="conversation">What was said</h2>
            <Conversation start={scenario.start.message} turns={trial.turns} />
          </section>
          <section aria-labelledby="calls">
            <h2 id="calls">Calls to the world</h2>
            {trial.calls.length === 0 ? (
              <p className="muted">It called nothing.</p>
            ) : (
              <CallTable calls={trial.calls} start={Date.parse(scenario.world.now) * 1000} />
            )}
          </section>
        </div>
      </div>
    </>
  );
}

const abstainWords = {
  'no-write': 'Doing nothing is right here.',
  ask: 'Asking, and writing nothing, is right here.',
  escalate: 'Handing over to a person, and writing nothing, is right here.',
} as const;
