import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import { formatCost, formatDuration } from '../../../../domain/format.ts';
import type { RunId } from '../../../../domain/ids.ts';
import { ledgerOf } from '../../../../domain/ledger.ts';
import { LEDGER_WORDS, subjectOf } from '../../../../domain/ledger-words.ts';
import { explanationOf, outcomeWords } from '../../../../domain/outcome-words.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import { shownRows } from '../../../../domain/shown-rows.ts';
import type { Trial, TrialSummary } from '../../../../domain/trial.ts';
import { runPath, trialPath } from '../../paths.ts';
import { runQuery, trialQuery } from '../../queries.ts';
import { numbered } from '../../ui/numbered.ts';
import { OutcomeIcon, OutcomeMark } from '../../ui/outcome-mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { CallColumns } from './call-columns.tsx';
import { chosenTrials, MOST_CHOSEN, toggled } from './chosen-trials.ts';

/** What did the trials of one scenario do differently? */
export function ScenarioPage({ runId, scenarioId }: { runId: RunId; scenarioId: string }) {
  const { data, error, refetch } = useQuery(runQuery(runId));
  const trials = data?.trials.filter((trial) => trial.scenarioId === scenarioId) ?? [];
  const title = trials[0]?.title ?? scenarioId;
  return (
    <Page
      title={data ? `${countsOf(trials)}: ${title}` : `Scenario ${scenarioId}`}
      crumbs={[
        { label: 'Runs', href: '/' },
        { label: data?.run.pack ?? 'Run', href: runPath(runId) },
      ]}
      heading={title}
    >
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the scenario" />
      ) : trials.length === 0 ? (
        <p className="state">
          Run {runId} has no trial of {scenarioId}. <Link href={runPath(runId)}>See what it has</Link>
        </p>
      ) : (
        <Trials run={data.run} trials={trials} />
      )}
    </Page>
  );
}

function countsOf(trials: readonly TrialSummary[]): string {
  const passed = trials.filter(({ outcome }) => outcome.kind === 'passed').length;
  return `${passed} of ${trials.length} passed`;
}

function Trials({ run, trials }: { run: RunSummary; trials: readonly TrialSummary[] }) {
  const [search, setSearch] = useSearchParams();
  const chosen = chosenTrials(trials, search.get('trials'));
  const details = useQueries({ queries: chosen.map(({ id }) => trialQuery(id)) });
  const loaded = details.flatMap(({ data }) => (data ? [data.trial] : []));
  const failed = details.find(({ error }) => error);
  return (
    <>
      <p className="facts">
        <code>{trials[0]?.scenarioId}</code>
        <span>
          {run.agent} {run.agentVersion}
        </span>
        <span>{run.model}</span>
        <strong>{countsOf(trials)}</strong>
      </p>
      <fieldset className="trial-choice">
        <legend>Side by side, at most {MOST_CHOSEN}</legend>
        {[...trials]
          .sort((a, b) => a.index - b.index)
          .map((trial) => (
            <button
              key={trial.id}
              type="button"
              aria-pressed={chosen.includes(trial)}
              title={outcomeWords(trial.outcome)}
              onClick={() => setSearch({ trials: toggled(chosen, trial) }, { replace: true })}
            >
              <OutcomeIcon outcome={trial.outcome} /> {trial.index + 1}
              <span className="visually-hidden"> {outcomeWords(trial.outcome)}</span>
            </button>
          ))}
      </fieldset>
      {failed?.error ? (
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      ) : loaded.length < chosen.length ? (
        <Loading what="the trials" rows={8} />
      ) : (
        <>
          <div className="side-by-side">
            {loaded.map((trial) => (
              <TrialColumn key={trial.id} trial={trial} />
            ))}
          </div>
          <section aria-labelledby="calls">
            <h2 id="calls">Calls, and where they part</h2>
            <CallColumns trials={loaded} />
          </section>
        </>
      )}
    </>
  );
}

function TrialColumn({ trial }: { trial: Trial }) {
  const { figures, outcome, scenario, journal, turns } = trial;
  const rows = shownRows(ledgerOf(scenario.expect, journal, turns).rows);
  const said = turns.filter(({ from }) => from === 'agent').at(-1);
  return (
    <section aria-label={`Trial ${trial.index + 1}`}>
      <h2>
        <Link href={trialPath(trial.id)} data-row>
          Trial {trial.index + 1}
        </Link>{' '}
        <OutcomeMark outcome={outcome} />
      </h2>
      <p className="muted">
        {formatDuration(figures.virtualDuration)} in the world, {formatCost(figures.cost)},{' '}
        {figures.modelCalls ?? 'unknown'} model calls, {trial.calls.length} calls to the world
      </p>
      {explanationOf(outcome) && <p>{explanationOf(outcome)}</p>}
      <ul className="effects">
        {rows.length === 0 && <li className="muted">nothing done, nothing due</li>}
        {numbered(rows).map(({ number, item: row }) => {
          const { operation, table } = subjectOf(row);
          return (
            <li key={number}>
              {LEDGER_WORDS[row.state]}{' '}
              <code>
                {operation} {table}
              </code>
            </li>
          );
        })}
      </ul>
      {said && <blockquote className="said">{said.text}</blockquote>}
    </section>
  );
}
