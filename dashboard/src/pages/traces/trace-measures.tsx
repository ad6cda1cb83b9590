import { formatCount, formatDuration } from '../../../../domain/format.ts';
import { tokensOf } from '../../../../domain/tokens-of.ts';
import type { TraceSummary } from '../../../../domain/trace.ts';
import type { TraceLoops } from '../../../../domain/trace-loops.ts';
import { Cost } from '../../ui/cost.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoopsCell } from './loops-cell.tsx';

export type ListedTrace = TraceSummary & { loops: TraceLoops };

/** Heads of the measures of a trace, wherever traces are listed. `time`: what its time is called there. */
export function TraceMeasureHeads({ time }: { time: string }) {
  return (
    <>
      <th scope="col" className="number">
        {time}
      </th>
      <th scope="col" className="number roomy">
        Spans
      </th>
      <th scope="col" className="number roomy">
        Tokens
      </th>
      <th scope="col" className="number">
        Cost
      </th>
      <th scope="col" className="number">
        Errors
      </th>
      <th scope="col">Loops</th>
    </>
  );
}

/** Their cells. `time` in microseconds. */
export function TraceMeasureCells({ trace, time }: { trace: ListedTrace; time: number }) {
  const tokens = tokensOf(trace.usage);
  return (
    <>
      <td className="number">{formatDuration(time)}</td>
      <td className="number roomy">{formatCount(trace.spans)}</td>
      <td className="number roomy">{tokens === null ? '' : formatCount(tokens)}</td>
      <td className="number">
        <Cost cost={trace.cost} unpricedCalls={trace.unpricedCalls} />
      </td>
      <td className={trace.errors > 0 ? 'number fail' : 'number muted'}>
        {trace.errors > 0 && <Icon name="warning" />} {formatCount(trace.errors)}
      </td>
      <td>
        <LoopsCell traceId={trace.traceId} loops={trace.loops} />
      </td>
    </>
  );
}
