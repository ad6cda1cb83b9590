import { Link } from 'wouter';
import { formatCount, formatDuration } from '../../../../domain/format.ts';
import { tokensOf } from '../../../../domain/tokens-of.ts';
import type { TraceSummary } from '../../../../domain/trace.ts';
import type { TraceLoops } from '../../../../domain/trace-loops.ts';
import { tracePath, trialPath } from '../../paths.ts';
import { Cost } from '../../ui/cost.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { shownLabel } from '../../ui/shown-text.ts';
import { LoopsCell } from './loops-cell.tsx';

type ListedTrace = TraceSummary & { loops: TraceLoops };

/** Traces, newest first. */
export function TracesTable({ traces }: { traces: readonly ListedTrace[] }) {
  return (
    <div className="table-scroll">
      <table>
        <caption className="visually-hidden">Traces, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Agent</th>
            <th scope="col">Service</th>
            <th scope="col">Models</th>
            <th scope="col" className="number">
              Spans
            </th>
            <th scope="col" className="number">
              Tokens
            </th>
            <th scope="col" className="number">
              Cost
            </th>
            <th scope="col" className="number">
              Duration
            </th>
            <th scope="col" className="number">
              Errors
            </th>
            <th scope="col">Loops</th>
            <th scope="col">Trial</th>
            <th scope="col" className="number">
              Age
            </th>
          </tr>
        </thead>
        <tbody>
          {traces.map((trace) => (
            <TraceRow key={trace.traceId} trace={trace} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TraceRow({ trace }: { trace: ListedTrace }) {
  const tokens = tokensOf(trace.usage);
  return (
    <tr>
      <th scope="row">
        <Link href={tracePath(trace.traceId)} data-row className="row-link">
          <bdi>{shownLabel(trace.name) || 'unnamed'}</bdi>
        </Link>
        {!trace.rootReceived && <span className="tag">root not received</span>}
      </th>
      <td>{trace.agent !== null && <bdi>{shownLabel(trace.agent)}</bdi>}</td>
      <td>
        <bdi>{shownLabel(trace.service)}</bdi>
      </td>
      <td>
        <bdi>{shownLabel(trace.models.join(', '))}</bdi>
      </td>
      <td className="number">{formatCount(trace.spans)}</td>
      <td className="number">{tokens === null ? '' : formatCount(tokens)}</td>
      <td className="number">
        <Cost cost={trace.cost} unpricedCalls={trace.unpricedCalls} />
      </td>
      <td className="number">{formatDuration(trace.duration)}</td>
      <td className={trace.errors > 0 ? 'number fail' : 'number muted'}>
        {trace.errors > 0 && <Icon name="warning" />} {formatCount(trace.errors)}
      </td>
      <td>
        <LoopsCell traceId={trace.traceId} loops={trace.loops} />
      </td>
      <td>
        {trace.trialId && (
          <Link href={trialPath(trace.trialId)} className="row-link">
            {trace.scenarioId ?? 'trial'}
          </Link>
        )}
      </td>
      <td className="number">
        <Moment at={trace.start} />
      </td>
    </tr>
  );
}
