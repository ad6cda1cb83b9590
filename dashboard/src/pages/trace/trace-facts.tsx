import { counted, formatCount, formatDuration } from '../../../../domain/format.ts';
import { tokensOf } from '../../../../domain/tokens-of.ts';
import type { TraceSummary } from '../../../../domain/trace.ts';
import { Cost } from '../../ui/cost.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Name } from '../../ui/name.tsx';
import { ShortId } from '../../ui/short-id.tsx';
import { shownLabel } from '../../ui/shown-text.ts';

type TraceFactsProps = {
  trace: TraceSummary;
  /** Spans on the page, of all that are stored. */
  shown: number;
  total: number;
};

/** The trace on one line. */
export function TraceFacts({ trace, shown, total }: TraceFactsProps) {
  const tokens = tokensOf(trace.usage);
  return (
    <p className="facts">
      <strong>{formatDuration(trace.duration)}</strong>
      {(trace.cost !== null || trace.unpricedCalls > 0) && (
        <strong>
          <Cost cost={trace.cost} unpricedCalls={trace.unpricedCalls} />
        </strong>
      )}
      {trace.errors > 0 ? (
        <strong className="fail">{counted(trace.errors, 'error')}</strong>
      ) : (
        <span>no errors</span>
      )}
      {trace.modelCalls > 0 && <span>{counted(trace.modelCalls, 'model call')}</span>}
      {trace.toolCalls > 0 && <span>{counted(trace.toolCalls, 'tool call')}</span>}
      {tokens !== null && <span>{formatCount(tokens)} tokens</span>}
      <span>
        {trace.agent && trace.agent !== trace.service
          ? `${shownLabel(trace.agent)} in ${shownLabel(trace.service)}`
          : shownLabel(trace.service)}
      </span>
      {trace.models.length > 0 && <Name of={trace.models.join(', ')} />}
      {trace.rootReceived || <span className="warn">root not received yet</span>}
      <span role="status" className={shown < total ? 'warn' : 'muted'}>
        {shown < total
          ? `showing the first ${formatCount(shown)} of ${formatCount(total)} spans`
          : counted(total, 'span')}
      </span>
      <span className="muted">
        <Moment at={trace.start} /> ago
      </span>
      <ShortId id={trace.traceId} label="trace id" />
    </p>
  );
}
