import { useQuery } from '@tanstack/react-query';
import { formatCost, formatDuration } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import type { StructureSpan } from '../../../../domain/trace-structure.ts';
import { spanQuery } from '../../queries.ts';
import { Icon } from '../../ui/icon.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { ShortId } from '../../ui/short-id.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { SpanPins } from './pins.tsx';
import { SpanContent } from './span-content.tsx';
import { TokenTable } from './token-table.tsx';

type SpanPanelProps = {
  traceId: TraceId;
  span: StructureSpan;
  /** Of the first span, microseconds since the epoch. */
  traceStart: number;
};

/** One span whole. What the waterfall knows is there at once; its text is read when it is selected. */
export function SpanPanel({ traceId, span, traceStart }: SpanPanelProps) {
  const { data, error, refetch } = useQuery(spanQuery(traceId, span.spanId));
  return (
    <aside className="span-panel" aria-label="Span">
      <h2 className="span-panel-title">
        <KindIcon kind={span.kind} /> {span.name || 'unnamed'} <span className="muted">{span.kind}</span>
      </h2>
      <p className="facts">
        <strong>{formatDuration(span.duration)}</strong>
        <span>{startWords(span.start - traceStart)}</span>
        {span.counted && <strong>{formatCost(span.cost)}</strong>}
        {span.model && <span>{span.model}</span>}
        {span.provider && <span className="muted">{span.provider}</span>}
        {span.tool && <span>{span.tool}</span>}
        {span.agent && <span>{span.agent}</span>}
        <ShortId id={span.spanId} label="span id" />
      </p>
      {span.status === 'error' && (
        <div className="span-failure">
          <h3 className="fail">
            <Icon name="warning" /> {span.errorType ?? 'Error'}
          </h3>
          {data?.span.statusMessage && <p>{data.span.statusMessage}</p>}
        </div>
      )}
      <SpanPins traceId={traceId} spanId={span.spanId} />
      {span.usage && <TokenTable usage={span.usage} />}
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the span" rows={6} />
      ) : (
        <SpanContent payload={data.span.payload} kind={span.kind} spanStart={span.start} />
      )}
    </aside>
  );
}

function startWords(offset: number): string {
  return offset <= 0 ? 'at the start' : `after ${formatDuration(offset)}`;
}
