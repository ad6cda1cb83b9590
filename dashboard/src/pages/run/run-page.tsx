import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { RunId } from '../../../../domain/ids.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import { runQuery, runsQuery } from '../../queries.ts';
import { Name } from '../../ui/name.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { VerdictMark, verdictWord } from '../../ui/verdict-mark.tsx';
import { comparePath, runBefore, settingsPath } from '../compare/compare-choice.ts';
import { tracesPath } from '../traces/trace-filters.ts';
import { NotJudged } from './not-judged.tsx';
import { RunFigures } from './run-figures.tsx';
import { scenarioRows } from './scenario-rows.ts';
import { ScenarioTable } from './scenario-table.tsx';
import { VerdictEvidence } from './verdict-evidence.tsx';
import { VerdictReasons } from './verdict-reasons.tsx';

/** Which scenarios regressed, and is it noise? */
export function RunPage({ runId }: { runId: RunId }) {
  const { data, error, refetch } = useQuery(runQuery(runId));
  return (
    <Page
      title={data ? `${verdictWord(data.run)}: ${data.run.pack}, ${data.run.agent}` : `Run ${runId}`}
      crumbs={[{ label: 'Runs', href: '/' }]}
      heading={
        data ? (
          <>
            <VerdictMark run={data.run} /> {data.run.pack}
          </>
        ) : (
          'Run'
        )
      }
      actions={
        data && (
          <>
            {data.run.group && (
              <Link href={settingsPath(data.run.group)} className="button">
                Compare the settings
              </Link>
            )}{' '}
            <CompareWithBefore run={data.run} />{' '}
            <Link href={tracesPath({ runId, range: 'all' })} className="button">
              Traces of this run
            </Link>
          </>
        )
      }
    >
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the run" />
      ) : (
        <>
          <RunFacts run={data.run} />
          <RunFigures run={data.run} />
          {data.run.verdict ? (
            <VerdictReasons verdict={data.run.verdict} trials={data.trials} />
          ) : (
            <NotJudged run={data.run} />
          )}
          {data.run.verdict?.evidence && (
            <VerdictEvidence runId={runId} evidence={data.run.verdict.evidence} />
          )}
          {data.trials.length === 0 ? (
            <Empty title="No trials yet">
              <p>They appear here one by one as they finish.</p>
            </Empty>
          ) : (
            <ScenarioTable rows={scenarioRows(data.trials)} />
          )}
        </>
      )}
    </Page>
  );
}

/** The run before is that of the same agent, model and pack; where the newest runs hold none, one is chosen there. */
function CompareWithBefore({ run }: { run: RunSummary }) {
  const { data } = useQuery(runsQuery(null));
  const before = runBefore(run, data?.runs ?? []);
  return (
    <Link href={comparePath({ baseline: before?.id ?? null, candidate: run.id })} className="button">
      {before ? 'Compare with the run before' : 'Compare'}
    </Link>
  );
}

function RunFacts({ run }: { run: RunSummary }) {
  return (
    <p className="facts">
      <span>
        <Name of={`${run.agent} ${run.agentVersion}`} />
      </span>
      <span>
        <Name of={run.model} /> {run.simulated && <span className="tag">simulated</span>}
      </span>
      {run.replayed && <span className="tag">replayed</span>}
      {run.commit && (
        <span>
          commit <code title={run.commit}>{run.commit.slice(0, 7)}</code>
        </span>
      )}
      <span>
        seed{' '}
        <code>
          <Name of={run.seed} />
        </code>
      </span>
      <code className="muted">{run.id}</code>
      {run.end === null && (
        <span role="status" className="warn">
          {run.trials} of {run.trialsPlanned} trials, running
        </span>
      )}
    </p>
  );
}
