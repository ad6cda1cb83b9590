import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { Link, useLocation } from 'wouter';
import { formatCost, formatDuration } from '../../../../domain/format.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import { runPath } from '../../paths.ts';
import { runsQuery } from '../../queries.ts';
import { LazyChart } from '../../ui/lazy-chart.tsx';
import { Name } from '../../ui/name.tsx';
import { numbered } from '../../ui/numbered.ts';
import { Page } from '../../ui/page.tsx';
import { passRatePoint } from '../../ui/pass-rate-point.ts';
import { RateWithInterval } from '../../ui/rate.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { comparePath, settingsOf } from './compare-choice.ts';

const PassRateChart = lazy(async () => ({
  default: (await import('../../ui/pass-rate-chart.tsx')).PassRateChart,
}));

/** The runs of one command, which took turns on the same scenarios: agents, numbers of tools and models side by side. */
export function SettingsPage({ group }: { group: string }) {
  const { data, error, refetch } = useQuery(runsQuery(null));
  const [, navigate] = useLocation();
  const runs = settingsOf(group, data?.runs ?? []);
  return (
    <Page title="Compare settings" crumbs={[{ label: 'Runs', href: '/' }]} heading="Compare settings">
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the runs" />
      ) : runs.length === 0 ? (
        <Empty title={`No run of ${group} among the newest ${data.runs.length}`}>
          <p>
            <Link href={comparePath({})}>Compare two runs</Link>
          </p>
        </Empty>
      ) : (
        <>
          <LazyChart>
            <PassRateChart
              caption="Pass rate of each setting, 95 % interval, by its number in the table. Click a setting to open its run."
              points={runs.flatMap((run, place) =>
                run.passRate.n === 0 ? [] : [passRatePoint(run, String(place + 1))],
              )}
              joined={false}
              onPick={(runId) => navigate(runPath(runId))}
            />
          </LazyChart>
          <SettingTable runs={runs} />
          <p className="muted">
            Settings took turns, trial by trial. Loops, wasted cost and simulated replies are in the report
            that rehearse compare writes with --out.
          </p>
        </>
      )}
    </Page>
  );
}

function SettingTable({ runs }: { runs: readonly RunSummary[] }) {
  const [first] = runs;
  return (
    <div className="table-scroll">
      <table>
        <caption>
          Each setting; whether two of them differ by more than chance is said by their comparison
        </caption>
        <thead>
          <tr>
            <th scope="col" className="number">
              Number
            </th>
            <th scope="col">Agent</th>
            <th scope="col">Model</th>
            <th scope="col">Pass rate, 95 % interval</th>
            <th scope="col" className="number">
              Trials
            </th>
            <th scope="col" className="number">
              Cost a trial
            </th>
            <th scope="col" className="number" title="95th percentile of the trials' virtual durations">
              p95
            </th>
            <th scope="col">Compare</th>
          </tr>
        </thead>
        <tbody>
          {numbered(runs).map(({ number, item: run }) => (
            <tr key={run.id}>
              <td className="number">{number}</td>
              <th scope="row">
                <Link href={runPath(run.id)} data-row className="row-link">
                  <Name of={`${run.agent} ${run.agentVersion}`} />
                </Link>
              </th>
              <td>
                <Name of={run.model} /> {run.simulated && <span className="tag roomy">simulated</span>}
              </td>
              <td>
                <RateWithInterval rate={run.passRate} />
              </td>
              <td className="number">
                {run.end === null ? `${run.trials} of ${run.trialsPlanned}, running` : run.trials}
              </td>
              <td className="number">
                {run.cost === null || run.trials === 0 ? '' : formatCost(run.cost / run.trials)}
              </td>
              <td className="number">{run.p95Duration === null ? '' : formatDuration(run.p95Duration)}</td>
              <td>
                {first && run !== first && (
                  <Link href={comparePath({ baseline: first.id, candidate: run.id })} className="row-link">
                    with number 1
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
