import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { agentCalls, callsOfMessages } from '../../../../domain/agent-calls.ts';
import { formatCount } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import type { Pin } from '../../../../domain/pin.ts';
import type { TreeRow } from '../../../../domain/span-tree.ts';
import type { StructureSpan } from '../../../../domain/trace-structure.ts';
import { spanQuery } from '../../queries.ts';
import { LongText } from '../../ui/long-text.tsx';
import { shownLabel } from '../../ui/shown-text.ts';
import { Failure, Loading } from '../../ui/states.tsx';
import { CommandLine } from './command-list.tsx';
import { MessageList } from './message-list.tsx';
import { PinNoteLine } from './pins.tsx';
import { spanAt } from './span-at.ts';
import type { TracedCommand } from './traced-commands.ts';

type TranscriptProps = {
  traceId: TraceId;
  rows: readonly TreeRow<StructureSpan>[];
  pins: readonly Pin[];
  commands: readonly TracedCommand[];
  /** Microseconds since the epoch. */
  traceStart: number;
  onSelect: (spanId: string) => void;
};

/** Agents whose conversation is open at once; the others open when asked. */
const openAtOnce = 1;

/** What was said, agent by agent, step by step: the last call of the model there holds the whole conversation. */
export function Transcript({ traceId, rows, pins, commands, traceStart, onSelect }: TranscriptProps) {
  const agents = useMemo(() => agentCalls(rows), [rows]);
  const asked = useMemo(() => {
    const calls = agents.flatMap((agent) => agent.calls);
    return Map.groupBy(commands, ({ at }) => spanAt(calls, at)?.spanId as string | undefined);
  }, [agents, commands]);
  if (agents.length === 0)
    return <p className="state">No model was called in this trace: nothing was said.</p>;
  return (
    <section className="transcript" aria-label="Transcript">
      {agents.map(({ agent, step, calls, last }, index) => (
        <details key={last.spanId} open={index < openAtOnce}>
          <summary>
            <h2 className="transcript-agent">{agent ?? 'no agent'}</h2>{' '}
            <span className="muted">
              {step !== null && (
                <>
                  <bdi>{shownLabel(step)}</bdi>,{' '}
                </>
              )}
              {formatCount(calls.length)} {calls.length === 1 ? 'call' : 'calls'} of {last.model ?? 'a model'}
            </span>
          </summary>
          <Conversation {...{ traceId, calls, last, pins, asked, traceStart, onSelect }} />
        </details>
      ))}
    </section>
  );
}

type ConversationProps = Omit<TranscriptProps, 'rows' | 'commands'> & {
  /** What was asked of the agent while a call was at work, or after it, by the call's id. */
  asked: ReadonlyMap<string | undefined, readonly TracedCommand[]>;
  calls: readonly StructureSpan[];
  last: StructureSpan;
};

function Conversation({ traceId, calls, last, ...left }: ConversationProps) {
  const { data, error, refetch } = useQuery(spanQuery(traceId, last.spanId));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the conversation" rows={6} />;
  const { systemInstructions, inputMessages, outputMessages } = data.span.payload;
  const messages = [...(inputMessages ?? []), ...(outputMessages ?? [])];
  if (messages.length === 0) {
    return (
      <>
        <p className="muted">The messages of the last call were not captured.</p>
        <TurnCall call={last} number={calls.length} {...left} />
      </>
    );
  }
  const roles = messages.map(({ role }) => role);
  const callAt = callsOfMessages({ roles, answers: outputMessages?.length ?? 0 }, calls);
  /** Beneath the last of the messages that a call gave. */
  const beneath = (place: number) => {
    const call = callAt[place];
    if (!call || call === callAt[place + 1]) return null;
    return <TurnCall call={call} number={calls.indexOf(call) + 1} {...left} />;
  };
  return (
    <>
      {systemInstructions !== null && (
        <details>
          <summary className="muted">System instructions</summary>
          <LongText text={systemInstructions} />
        </details>
      )}
      <MessageList title="Messages" messages={messages} beneath={beneath} />
    </>
  );
}

type TurnCallProps = Omit<ConversationProps, 'traceId' | 'calls' | 'last'> & {
  call: StructureSpan;
  number: number;
};

/** The way to the call that a message came from, where notes are pinned, those that are, and what people asked meanwhile. */
function TurnCall({ call, number, pins, asked, traceStart, onSelect }: TurnCallProps) {
  const own = pins.filter(({ spanId }) => spanId === call.spanId);
  return (
    <div className="turn-call">
      <button
        type="button"
        className="quiet"
        title="Show it, and pin a note"
        onClick={() => onSelect(call.spanId)}
      >
        call {formatCount(number)}
        {call.status === 'error' && <span className="fail">failed</span>}
      </button>
      {own.map((pin) => (
        <PinNoteLine key={pin.id} pin={pin} />
      ))}
      {asked.get(call.spanId)?.map((command) => (
        <CommandLine key={command.id} command={command} traceStart={traceStart} />
      ))}
    </div>
  );
}
