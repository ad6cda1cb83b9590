import { useQuery } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { RunSummary } from '../../../../domain/run.ts';
import { runPath } from '../../paths.ts';
import { runsQuery } from '../../queries.ts';
import { LazyChart } from '../../ui/lazy-chart.tsx';
import { Name } from '../../ui/name.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { verdictWord } from '../../ui/verdict-mark.tsx';
import { comparePath } from '../compare/compare-choice.ts';
import { passRateHistory } from './pass-rate-history.ts';
import { RunsTable } from './runs-table.tsx';

const PassRateChart = lazy(async () => ({
  default: (await import('../../ui/pass-rate-chart.tsx')).PassRateChart,
}));

const rehearseCommand = 'npm run rehearse -- run sdr --agent alice-react';

/** Is main still green, and what got worse? */
export function RunsPage() {
  const [search] = useSearchParams();
  const [, navigate] = useLocation();
  const before = search.get('before');
  const { data, error, refetch } = useQuery(runsQuery(before));
  const newest = data?.runs[0];
  const history = passRateHistory(data?.runs ?? []);
  const [marked, setMarked] = useState<readonly string[]>([]);

  return (
    <Page
      title={newest ? `Runs: ${verdictWord(newest)}` : 'Runs'}
      heading="Runs"
      actions={data && <CompareMarked marked={marked} runs={data.runs} />}
    >
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the runs" />
      ) : data.runs.length === 0 ? (
        <Empty title={before ? 'No older runs' : 'No runs yet'}>
          <p>A run is every trial of one build of an agent on one pack of scenarios. Start one:</p>
          <pre className="command">{rehearseCommand}</pre>
        </Empty>
      ) : (
        <>
          {history && (
            <LazyChart>
              <PassRateChart
                caption={
                  <>
                    Pass rate of <Name of={history.agent} /> with <Name of={history.model} /> on{' '}
                    <Name of={history.pack} />, 95 % interval, oldest to newest; the same figures are in the
                    table. Click a run to open it.
                  </>
                }
                points={history.points}
                joined
                onPick={(runId) => navigate(runPath(runId))}
              />
            </LazyChart>
          )}
          <RunsTable
            runs={data.runs}
            marked={marked}
            onMark={(runId) => setMarked(withMark(marked, runId))}
          />
          <Pager
            before={before}
            next={data.next}
            pathOf={(cursor) => (cursor ? `/?before=${cursor}` : '/')}
          />
        </>
      )}
    </Page>
  );
}

/** Two are compared: a third takes the place of the one that was marked first. */
function withMark(marked: readonly string[], runId: string): readonly string[] {
  return marked.includes(runId) ? marked.filter((other) => other !== runId) : [...marked.slice(-1), runId];
}

type CompareMarkedProps = { marked: readonly string[]; runs: readonly RunSummary[] };

/** The older of two marked runs is the baseline. */
function CompareMarked({ marked, runs }: CompareMarkedProps) {
  const startOf = (runId: string) => runs.find(({ id }) => id === runId)?.start ?? 0;
  const [baseline = null, candidate = null] = marked.toSorted((a, b) => startOf(a) - startOf(b));
  return (
    <Link href={comparePath({ baseline, candidate })} className="button">
      {marked.length === 2
        ? 'Compare the two marked'
        : marked.length === 1
          ? 'Compare, mark another'
          : 'Compare'}
    </Link>
  );
}
