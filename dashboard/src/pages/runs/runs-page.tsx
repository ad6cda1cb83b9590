import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'wouter';
import { runsQuery } from '../../queries.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { verdictWord } from '../../ui/verdict-mark.tsx';
import { passRateHistory } from './pass-rate-history.ts';
import { RunsTable } from './runs-table.tsx';

const PassRateChart = lazy(async () => ({ default: (await import('./pass-rate-chart.tsx')).PassRateChart }));

const rehearseCommand = 'npm run rehearse -- run sdr --agent alice-react';

/** Is main still green, and what got worse? */
export function RunsPage() {
  const [search] = useSearchParams();
  const before = search.get('before');
  const { data, error, refetch } = useQuery(runsQuery(before));
  const newest = data?.runs[0];
  const history = passRateHistory(data?.runs ?? []);

  return (
    <Page title={newest ? `Runs: ${verdictWord(newest)}` : 'Runs'} heading="Runs">
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
            <Suspense fallback={<div className="chart-space" />}>
              <PassRateChart history={history} />
            </Suspense>
          )}
          <RunsTable runs={data.runs} />
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
