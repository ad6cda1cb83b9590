import { Link } from 'wouter';
import { tracePath, trialPath } from '../../paths.ts';
import { Moment } from '../../ui/moment.tsx';
import { Name } from '../../ui/name.tsx';
import { shownLabel } from '../../ui/shown-text.ts';
import { type ListedTrace, TraceMeasureCells, TraceMeasureHeads } from './trace-measures.tsx';

/** Traces, newest first. */
export function TracesTable({ traces }: { traces: readonly ListedTrace[] }) {
  return (
    <div className="table-scroll">
      <table>
        <caption className="visually-hidden">Traces, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="roomy">
              Agent
            </th>
            <th scope="col" className="roomy">
              Service
            </th>
            <th scope="col" className="roomy">
              Models
            </th>
            <TraceMeasureHeads time="Duration" />
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
  return (
    <tr>
      <th scope="row">
        <Link href={tracePath(trace.traceId)} data-row className="row-link">
          <bdi>{shownLabel(trace.name) || 'unnamed'}</bdi>
        </Link>
        {!trace.rootReceived && <span className="tag">root not received</span>}
      </th>
      <td className="roomy">{trace.agent !== null && <Name of={trace.agent} />}</td>
      <td className="roomy">
        <Name of={trace.service} />
      </td>
      <td className="roomy">
        <Name of={trace.models.join(', ')} />
      </td>
      <TraceMeasureCells trace={trace} time={trace.duration} />
      <td>
        {trace.trialId && (
          <Link href={trialPath(trace.trialId)} className="row-link">
            <Name of={trace.scenarioId ?? 'trial'} />
          </Link>
        )}
      </td>
      <td className="number">
        <Moment at={trace.start} />
      </td>
    </tr>
  );
}
