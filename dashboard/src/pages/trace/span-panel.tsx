import { useQuery } from '@tanstack/react-query';
import { formatCost, formatDuration } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import type { StructureSpan } from '../../../../domain/trace-structure.ts';
import { spanQuery } from '../../queries.ts';
import { Icon } from '../../ui/icon.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Name } from '../../ui/name.tsx';
import { ShortId } from '../../ui/short-id.tsx';
import { shownLabel } from '../../ui/shown-text.ts';
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
        <KindIcon kind={span.kind} /> <bdi>{shownLabel(span.name) || 'unnamed'}</bdi>{' '}
        <span className="muted">{span.kind}</span>
      </h2>
      <p className="facts">
        <strong>{formatDuration(span.duration)}</strong>
        <span>{startWords(span.start - traceStart)}</span>
        {span.counted && <strong>{formatCost(span.cost)}</strong>}
        {span.model && <Name of={span.model} />}
        {span.provider && <Name of={span.provider} className="muted" />}
        {span.tool && <Name of={span.tool} />}
        {span.agent && <Name of={span.agent} />}
        <ShortId id={span.spanId} label="span id" />
      </p>
      {span.status === 'error' && (
        <div className="span-failure">
          <h3 className="fail">
            <Icon name="warning" /> {span.errorType === null ? 'Error' : shownLabel(span.errorType)}
          </h3>
          {data?.span.statusMessage && <LongText text={data.span.statusMessage} />}
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
