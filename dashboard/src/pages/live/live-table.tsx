import { Link } from 'wouter';
import { tracePath } from '../../paths.ts';
import { formatAge } from '../../ui/age.ts';
import { Icon } from '../../ui/icon.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { Name } from '../../ui/name.tsx';
import { TraceMeasureCells, TraceMeasureHeads } from '../traces/trace-measures.tsx';
import { elapsedOf, type LiveRow, type RowState, type Step, stateOf } from './live-rows.ts';

/** Traces under way, then those that have just ended. `now`: epoch milliseconds. */
export function LiveTable({ rows, now }: { rows: readonly LiveRow[]; now: number }) {
  return (
    <div className="table-scroll">
      <table className="live-table">
        <caption className="visually-hidden">Traces under way, then those that have just ended</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col" className="roomy">
              Agent
            </th>
            <th scope="col">Trace</th>
            <th scope="col">Latest step</th>
            <TraceMeasureHeads time="Elapsed" />
            <th scope="col" className="roomy">
              Service
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.trace.traceId} row={row} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, now }: { row: LiveRow; now: number }) {
  const { trace } = row;
  const agent = trace.agent ?? row.step?.agent ?? null;
  return (
    <tr>
      <td>
        <StateMark row={row} now={now} />
      </td>
      <td className="roomy">
        {agent === null ? <span className="muted">not named</span> : <Name of={agent} />}
      </td>
      <th scope="row">
        <Link href={tracePath(trace.traceId)} data-row className="row-link">
          <Name of={trace.name || 'unnamed'} />
        </Link>
      </th>
      <td>{row.step && <StepCell step={row.step} of={trace.agent} />}</td>
      <TraceMeasureCells trace={trace} time={wholeSeconds(elapsedOf(row, now))} />
      <td className="roomy">
        <Name of={trace.service} />
      </td>
    </tr>
  );
}

const marks = {
  'under way': { icon: 'chevron', tone: 'accent' },
  quiet: { icon: 'minus', tone: 'warn' },
  ended: { icon: 'check', tone: 'muted' },
  failed: { icon: 'warning', tone: 'fail' },
} as const satisfies Record<RowState, unknown>;

function StateMark({ row, now }: { row: LiveRow; now: number }) {
  const state = stateOf(row, now);
  const { icon, tone } = marks[state];
  const end = row.trace.start + row.trace.duration;
  const words = {
    'under way': 'under way',
    quiet: `quiet for ${formatAge(row.heard * 1000, now * 1000)}`,
    ended: `ended ${agoOf(end, now)}`,
    failed: `ended ${agoOf(end, now)}, with errors`,
  }[state];
  return (
    <span className={`mark ${tone}`}>
      <Icon name={icon} /> {words}
    </span>
  );
}

/** The step that ended last: spans come when they end, so that the agent works on what follows it. */
function StepCell({ step, of }: { step: Step; of: string | null }) {
  return (
    <span className="live-step">
      <KindIcon kind={step.kind} />{' '}
      <Name
        of={step.agent !== null && step.agent !== of ? `${step.agent}: ${step.name}` : step.name || step.kind}
      />
      {step.failed && <span className="fail"> failed</span>}
    </span>
  );
}

function agoOf(micros: number, nowMillis: number): string {
  const age = formatAge(micros, nowMillis * 1000);
  return age === 'now' ? 'now' : `${age} ago`;
}

/** A clock that runs shows no tenths. */
function wholeSeconds(micros: number): number {
  return micros < 10e6 ? Math.round(micros / 1e5) * 1e5 : Math.round(micros / 1e6) * 1e6;
}
