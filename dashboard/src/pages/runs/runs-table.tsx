import { Link } from 'wouter';
import { formatCost, formatCount, formatDuration } from '../../../../domain/format.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import { runPath } from '../../paths.ts';
import { Moment } from '../../ui/moment.tsx';
import { Name } from '../../ui/name.tsx';
import { formatPoints, RateWithInterval } from '../../ui/rate.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';

type RunsTableProps = {
  runs: readonly RunSummary[];
  /** Ids of the runs that are marked to be compared. */
  marked: readonly string[];
  onMark: (runId: string) => void;
};

/** Runs, newest first. */
export function RunsTable({ runs, marked, onMark }: RunsTableProps) {
  return (
    <div className="table-scroll">
      <table>
        <caption className="visually-hidden">Runs, newest first</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Mark to compare</span>
            </th>
            <th scope="col">Verdict</th>
            <th scope="col">Run</th>
            <th scope="col">Pass rate, 95 % interval</th>
            <th scope="col" className="number" title="Pass rate minus the baseline's">
              vs baseline
            </th>
            <th scope="col" className="number">
              Passed
            </th>
            <th scope="col" className="number">
              Failed
            </th>
            <th scope="col" className="number">
              Void
            </th>
            <th scope="col" className="number">
              Cost
            </th>
            <th scope="col" className="number" title="95th percentile of the trials' virtual durations">
              p95
            </th>
            <th scope="col">Agent</th>
            <th scope="col">Model</th>
            <th scope="col">Commit</th>
            <th scope="col" className="number">
              Age
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} marked={marked.includes(run.id)} onMark={() => onMark(run.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RunRowProps = { run: RunSummary; marked: boolean; onMark: () => void };

function RunRow({ run, marked, onMark }: RunRowProps) {
  return (
    <tr>
      <td>
        <label className="mark-box">
          <input type="checkbox" data-mark checked={marked} onChange={onMark} />
          <span className="visually-hidden">Mark {run.id} to compare</span>
        </label>
      </td>
      <td>
        <VerdictMark run={run} />
        {run.end === null && ` ${run.trials} of ${run.trialsPlanned}`}
      </td>
      <th scope="row">
        <Link href={runPath(run.id)} data-row className="row-link" title={run.id}>
          <Name of={run.pack} /> <span className="muted mono">{run.id.split('-').at(-1)}</span>
        </Link>
        {run.replayed && <span className="tag">replayed</span>}
      </th>
      <td>
        <RateWithInterval rate={run.passRate} />
      </td>
      <td className="number">{run.verdict?.difference ? formatPoints(run.verdict.difference.value) : ''}</td>
      <td className="number">{formatCount(run.passed)}</td>
      <td className={run.failed > 0 ? 'number fail' : 'number muted'}>{formatCount(run.failed)}</td>
      <td className={run.voided > 0 ? 'number warn' : 'number muted'}>{formatCount(run.voided)}</td>
      <td className="number">{formatCost(run.cost)}</td>
      <td className="number">{run.p95Duration === null ? '' : formatDuration(run.p95Duration)}</td>
      <td>
        <Name of={run.agent} /> <Name of={run.agentVersion} className="muted" />
      </td>
      <td>
        <Name of={run.model} /> {run.simulated && <span className="tag">simulated</span>}
      </td>
      <td>{run.commit && <code title={run.commit}>{run.commit.slice(0, 7)}</code>}</td>
      <td className="number">
        <Moment at={run.start} />
      </td>
    </tr>
  );
}
