import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { formatDuration } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import { traceCommandsQuery } from '../../queries.ts';
import { Icon } from '../../ui/icon.tsx';
import { shownText } from '../../ui/shown-text.ts';
import { type TracedCommand, tracedCommands } from './traced-commands.ts';

const none: readonly TracedCommand[] = [];

/** What was asked of the agent while it worked, the first first. */
export function useCommandsOf(traceId: TraceId, spans: number): readonly TracedCommand[] {
  const { data } = useQuery(traceCommandsQuery(traceId, spans));
  return useMemo(() => (data ? tracedCommands(data.logs) : none), [data]);
}

type CommandListProps = {
  commands: readonly TracedCommand[];
  /** Microseconds since the epoch. */
  traceStart: number;
  /** Shows what was at work then. */
  onSelect: (at: number) => void;
};

/** Who stepped in, when, and what became of it; nothing where nobody did. */
export function CommandList({ commands, traceStart, onSelect }: CommandListProps) {
  if (commands.length === 0) return null;
  return (
    <section aria-label="Commands to the agent" className="pin-list">
      <ul>
        {commands.map((command) => (
          <li key={command.id}>
            <button type="button" className="quiet" onClick={() => onSelect(command.at)}>
              <CommandWords command={command} />
            </button>
            <CommandCourse command={command} traceStart={traceStart} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type CommandLineProps = { command: TracedCommand; traceStart: number };

/** One of them where it was asked. */
export function CommandLine({ command, traceStart }: CommandLineProps) {
  return (
    <span>
      <CommandWords command={command} /> <CommandCourse command={command} traceStart={traceStart} />
    </span>
  );
}

function CommandWords({ command: { command, text } }: { command: TracedCommand }) {
  return (
    <>
      <Icon name="person" className="kind-human" /> <strong>{shownText(command)}</strong>{' '}
      {text !== null && <bdi>{shownText(text)}</bdi>}
    </>
  );
}

/** When and by whom it was asked, and what became of it. */
function CommandCourse({ command: { by, at, state, since, reason }, traceStart }: CommandLineProps) {
  return (
    <span className="muted">
      after {formatDuration(Math.max(0, at - traceStart))}
      {by !== null && (
        <>
          {' '}
          by <bdi>{shownText(by.replace(/^person:/, ''))}</bdi>
        </>
      )}
      : {shownText(state)}
      {since > at && ` ${formatDuration(since - at)} later`}
      {reason !== null && (
        <>
          , <bdi>{shownText(reason)}</bdi>
        </>
      )}
    </span>
  );
}
