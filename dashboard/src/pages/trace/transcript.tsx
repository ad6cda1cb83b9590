import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { formatCount } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import { lastCalls } from '../../../../domain/last-calls.ts';
import type { TreeRow } from '../../../../domain/span-tree.ts';
import type { StructureSpan } from '../../../../domain/trace-structure.ts';
import { spanQuery } from '../../queries.ts';
import { LongText } from '../../ui/long-text.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { MessageList } from './message-list.tsx';

type TranscriptProps = {
  traceId: TraceId;
  rows: readonly TreeRow<StructureSpan>[];
  onSelect: (spanId: string) => void;
};

/** Agents whose conversation is open at once; the others open when asked. */
const openAtOnce = 1;

/** What was said, agent by agent: an agent's last call of its model holds its whole conversation. */
export function Transcript({ traceId, rows, onSelect }: TranscriptProps) {
  const calls = useMemo(() => lastCalls(rows), [rows]);
  if (calls.length === 0)
    return <p className="state">No model was called in this trace: nothing was said.</p>;
  return (
    <section className="transcript" aria-label="Transcript">
      {calls.map(({ agent, call, calls: count }, index) => (
        <details key={call.spanId} open={index < openAtOnce}>
          <summary>
            <h2 className="transcript-agent">{agent ?? 'no agent'}</h2>{' '}
            <span className="muted">
              {formatCount(count)} {count === 1 ? 'call' : 'calls'} of {call.model ?? 'a model'}
            </span>
          </summary>
          <p>
            <button type="button" onClick={() => onSelect(call.spanId)}>
              Show the last call
            </button>
          </p>
          <Conversation traceId={traceId} call={call} />
        </details>
      ))}
    </section>
  );
}

function Conversation({ traceId, call }: { traceId: TraceId; call: StructureSpan }) {
  const { data, error, refetch } = useQuery(spanQuery(traceId, call.spanId));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the conversation" rows={6} />;
  const { systemInstructions, inputMessages, outputMessages } = data.span.payload;
  const messages = [...(inputMessages ?? []), ...(outputMessages ?? [])];
  if (messages.length === 0) return <p className="muted">The messages of this call were not captured.</p>;
  return (
    <>
      {systemInstructions !== null && (
        <details>
          <summary className="muted">System instructions</summary>
          <LongText text={systemInstructions} />
        </details>
      )}
      <MessageList title="Messages" messages={messages} />
    </>
  );
}
