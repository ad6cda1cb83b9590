import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import { counted, formatCost, formatDuration } from '../../../../domain/format.ts';
import type { RunId } from '../../../../domain/ids.ts';
import { ledgerOf } from '../../../../domain/ledger.ts';
import { subjectOf } from '../../../../domain/ledger-words.ts';
import { explanationOf, outcomeWords } from '../../../../domain/outcome-words.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import { shownRows } from '../../../../domain/shown-rows.ts';
import type { Trial, TrialSummary } from '../../../../domain/trial.ts';
import { runPath, trialPath } from '../../paths.ts';
import { runQuery, trialQuery } from '../../queries.ts';
import { LedgerMark } from '../../ui/ledger-mark.tsx';
import { Name } from '../../ui/name.tsx';
import { numbered } from '../../ui/numbered.ts';
import { OutcomeIcon, OutcomeMark } from '../../ui/outcome-mark.tsx';
import { Page } from '../../ui/page.tsx';
import { shownText } from '../../ui/shown-text.ts';
import { Failure, Loading } from '../../ui/states.tsx';
import { comparePath } from '../compare/compare-choice.ts';
import { CallColumns } from './call-columns.tsx';
import { chosenBeside, chosenTrials, MOST_BESIDE, MOST_CHOSEN, toggled } from './chosen-trials.ts';

/** What did the trials of one scenario do differently? With `?beside=` they stand beside those of another run. */
export function ScenarioPage({ runId, scenarioId }: { runId: RunId; scenarioId: string }) {
  const [search] = useSearchParams();
  const besideId = search.get('beside') as RunId | null;
  const own = useQuery(runQuery(runId));
  const other = useQuery({ ...runQuery(besideId ?? runId), enabled: besideId !== null });
  const failed = [own, other].find(({ error }) => error);
  const data = besideId === null || other.data ? own.data : undefined;
  const trials = trialsOf(data, scenarioId);
  const title = trials[0]?.title ?? scenarioId;
  return (
    <Page
      title={data ? `${countsOf(trials)}: ${title}` : `Scenario ${scenarioId}`}
      crumbs={[
        { label: 'Runs', href: '/' },
        besideId === null
          ? { label: data?.run.pack ?? 'Run', href: runPath(runId) }
          : { label: 'Compare', href: comparePath({ baseline: besideId, candidate: runId }) },
      ]}
      heading={<Name of={title} />}
    >
      {failed?.error ? (
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      ) : !data ? (
        <Loading what="the scenario" />
      ) : trials.length === 0 ? (
        <p className="state">
          Run {runId} has no trial of {scenarioId}. <Link href={runPath(runId)}>See what it has</Link>
        </p>
      ) : besideId !== null && other.data ? (
        <TrialsBeside
          own={{ run: data.run, trials }}
          other={{ run: other.data.run, trials: trialsOf(other.data, scenarioId) }}
        />
      ) : (
        <Trials run={data.run} trials={trials} />
      )}
    </Page>
  );
}

function trialsOf(data: { trials: readonly TrialSummary[] } | undefined, scenarioId: string): TrialSummary[] {
  return data?.trials.filter((trial) => trial.scenarioId === scenarioId) ?? [];
}

function countsOf(trials: readonly TrialSummary[]): string {
  const passed = trials.filter(({ outcome }) => outcome.kind === 'passed').length;
  return `${passed} of ${trials.length} passed`;
}

const trialName = ({ index }: Pick<Trial, 'index'>) => `Trial ${index + 1}`;

type RunTrials = { run: RunSummary; trials: readonly TrialSummary[] };

function Trials({ run, trials }: RunTrials) {
  const [search, setSearch] = useSearchParams();
  const chosen = chosenTrials(trials, search.get('trials'));
  return (
    <>
      <ScenarioFacts run={run} trials={trials} />
      <TrialChoice
        legend={`Side by side, at most ${MOST_CHOSEN}`}
        trials={trials}
        chosen={chosen}
        onToggle={(trial) => setSearch({ trials: toggled(chosen, trial) }, { replace: true })}
      />
      <SideBySide chosen={chosen} nameOf={trialName} />
    </>
  );
}

/** The other run is the baseline: it stands first, and what the others do is held against it. */
function TrialsBeside({ own, other }: { own: RunTrials; other: RunTrials }) {
  const [search, setSearch] = useSearchParams();
  const chosen = chosenBeside(
    { trials: own.trials, asked: search.get('trials') },
    { trials: other.trials, asked: search.get('besideTrials') },
  );
  const toggle = (side: 'own' | 'other', parameter: string) => (trial: TrialSummary) =>
    setSearch(
      (now) => {
        now.set(parameter, toggled(chosen[side], trial, MOST_BESIDE));
        return now;
      },
      { replace: true },
    );
  return (
    <>
      <ScenarioFacts run={other.run} trials={other.trials} side="Baseline" />
      <ScenarioFacts run={own.run} trials={own.trials} side="Candidate" />
      <TrialChoice
        legend={`Of the baseline, at most ${MOST_BESIDE}`}
        trials={other.trials}
        chosen={chosen.other}
        onToggle={toggle('other', 'besideTrials')}
      />
      <TrialChoice
        legend={`Of the candidate, at most ${MOST_BESIDE}`}
        trials={own.trials}
        chosen={chosen.own}
        onToggle={toggle('own', 'trials')}
      />
      <SideBySide
        chosen={[...chosen.other, ...chosen.own]}
        nameOf={({ runId, index }) => `${runId === own.run.id ? 'Candidate' : 'Baseline'} ${index + 1}`}
      />
    </>
  );
}

function ScenarioFacts({ run, trials, side }: RunTrials & { side?: string }) {
  return (
    <p className="facts">
      {side ? (
        <>
          <strong>{side}</strong> <Link href={runPath(run.id)}>{run.id}</Link>
        </>
      ) : (
        <code>{trials[0]?.scenarioId}</code>
      )}
      <span>
        <Name of={`${run.agent} ${run.agentVersion}`} />
      </span>
      <Name of={run.model} />
      <strong>{countsOf(trials)}</strong>
    </p>
  );
}

type TrialChoiceProps = {
  legend: string;
  trials: readonly TrialSummary[];
  chosen: readonly TrialSummary[];
  onToggle: (trial: TrialSummary) => void;
};

function TrialChoice({ legend, trials, chosen, onToggle }: TrialChoiceProps) {
  return (
    <fieldset className="trial-choice">
      <legend>{legend}</legend>
      {trials
        .toSorted((a, b) => a.index - b.index)
        .map((trial) => (
          <button
            key={trial.id}
            type="button"
            aria-pressed={chosen.includes(trial)}
            title={outcomeWords(trial.outcome)}
            onClick={() => onToggle(trial)}
          >
            <OutcomeIcon outcome={trial.outcome} /> {trial.index + 1}
            <span className="visually-hidden"> {outcomeWords(trial.outcome)}</span>
          </button>
        ))}
    </fieldset>
  );
}

type SideBySideProps = {
  chosen: readonly TrialSummary[];
  nameOf: (trial: Pick<Trial, 'runId' | 'index'>) => string;
};

function SideBySide({ chosen, nameOf }: SideBySideProps) {
  const details = useQueries({ queries: chosen.map(({ id }) => trialQuery(id)) });
  const loaded = details.flatMap(({ data }) => (data ? [data.trial] : []));
  const failed = details.find(({ error }) => error);
  if (failed?.error) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (loaded.length < chosen.length) return <Loading what="the trials" rows={8} />;
  return (
    <>
      <div className="side-by-side">
        {loaded.map((trial) => (
          <TrialColumn key={trial.id} trial={trial} name={nameOf(trial)} />
        ))}
      </div>
      <section aria-labelledby="calls">
        <h2 id="calls">Calls, and where they part</h2>
        <CallColumns trials={loaded} nameOf={nameOf} />
      </section>
    </>
  );
}

function TrialColumn({ trial, name }: { trial: Trial; name: string }) {
  const { figures, outcome, scenario, journal, turns } = trial;
  const rows = shownRows(ledgerOf(scenario.expect, journal, turns).rows);
  const said = turns.filter(({ from }) => from === 'agent').at(-1);
  return (
    <section aria-label={name}>
      <h2>
        <Link href={trialPath(trial.id)} data-row>
          {name}
        </Link>{' '}
        <OutcomeMark outcome={outcome} />
      </h2>
      <p className="muted">
        {formatDuration(figures.virtualDuration)} in the world, {formatCost(figures.cost)},{' '}
        {figures.modelCalls === null ? 'unknown model calls' : counted(figures.modelCalls, 'model call')},{' '}
        {counted(trial.calls.length, 'call')} to the world
      </p>
      {explanationOf(outcome) && <p>{shownText(explanationOf(outcome) ?? '')}</p>}
      <ul className="effects">
        {rows.length === 0 && <li className="muted">nothing done, nothing due</li>}
        {numbered(rows).map(({ number, item: row }) => {
          const { operation, table } = subjectOf(row);
          return (
            <li key={number}>
              <LedgerMark state={row.state} />{' '}
              <code>
                {operation} {table}
              </code>
            </li>
          );
        })}
      </ul>
      {said && <blockquote className="said">{shownText(said.text)}</blockquote>}
    </section>
  );
}
