import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId } from 'react';
import type { CommandRequest, ControlledAgent, SentCommand } from '../../../../domain/control.ts';
import { type CommandState, MOST_CONTROL_TEXT } from '../../../../domain/control-command.ts';
import { api, body } from '../../api.ts';
import { useSession } from '../../session/session.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Name } from '../../ui/name.tsx';
import { shownText } from '../../ui/shown-text.ts';
import { controlQuery } from './control-query.ts';

type AgentControlProps = {
  agent: ControlledAgent;
  /** After its name: where else it is shown. */
  way?: ReactNode;
  /** How many of the latest commands are shown. */
  most: number;
};

/** An agent that listens: what it does, what may be asked of it, and what became of that. */
export function AgentControl({ agent, way, most }: AgentControlProps) {
  const allowed = useSession()?.scopes.includes('admin') ?? true;
  const client = useQueryClient();
  const {
    mutate,
    error,
    isPending: asking,
  } = useMutation({
    mutationFn: (json: CommandRequest) =>
      body(api.control[':session'].commands.$post({ param: { session: agent.session }, json })),
    onSettled: () => client.invalidateQueries({ queryKey: controlQuery.queryKey }),
  });
  const commandable = allowed && agent.connection !== 'over';
  return (
    <article aria-label={agent.agent}>
      <div className="controlled-head">
        <ConnectionMark agent={agent} />
        <strong>
          <Name of={agent.agent} />
        </strong>
        {agent.version && <Name of={agent.version} className="muted" />}
        {way}
        {agent.said && (
          <span className="controlled-said">
            “<bdi>{shownText(agent.said)}</bdi>”
          </span>
        )}
        {commandable && (
          <span className="controlled-actions">
            <button
              type="button"
              disabled={asking}
              onClick={() => mutate({ command: agent.paused ? 'resume' : 'pause' })}
            >
              {agent.paused ? 'Resume' : 'Pause'}
            </button>
            <button type="button" disabled={asking} onClick={() => mutate({ command: 'stop' })}>
              Stop
            </button>
          </span>
        )}
      </div>
      {commandable && <WordForm disabled={asking} onSend={mutate} />}
      {error && (
        <p role="alert" className="fail">
          <Icon name="warning" /> {error.message}
        </p>
      )}
      <CommandList commands={agent.commands} most={most} />
    </article>
  );
}

function WordForm({ disabled, onSend }: { disabled: boolean; onSend: (request: CommandRequest) => void }) {
  const field = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const text = String(new FormData(form).get('text') ?? '').trim();
    if (text === '') return;
    const override = submitter instanceof HTMLButtonElement && submitter.value === 'override';
    onSend({ command: override ? 'override' : 'feedback', text });
    form.reset();
  };
  return (
    <form className="controlled-words" onSubmit={submit}>
      <label htmlFor={field} className="visually-hidden">
        What to tell it
      </label>
      <input
        id={field}
        name="text"
        placeholder="Tell it something"
        maxLength={MOST_CONTROL_TEXT}
        autoComplete="off"
      />
      <button
        type="submit"
        value="feedback"
        disabled={disabled}
        title="It takes this into account from its next step on"
      >
        Feedback
      </button>
      <button
        type="submit"
        value="override"
        disabled={disabled}
        title="It drops what it had planned, and does this"
      >
        Override
      </button>
    </form>
  );
}

function ConnectionMark({ agent: { connection, paused, since } }: { agent: ControlledAgent }) {
  if (connection === 'connected') {
    return paused ? (
      <span className="mark warn">
        <Icon name="minus" /> paused
      </span>
    ) : (
      <span className="mark accent">
        <Icon name="chevron" /> at work
      </span>
    );
  }
  return (
    <span className={connection === 'away' ? 'mark warn' : 'mark muted'}>
      <Icon name={connection === 'away' ? 'warning' : 'check'} /> {connection === 'away' ? 'away' : 'over'}{' '}
      for <Moment at={since * 1000} />
    </span>
  );
}

const states: Record<CommandState, { icon: IconName; tone: string; words: string }> = {
  waiting: { icon: 'warning', tone: 'warn', words: 'waits: the agent is away' },
  sent: { icon: 'chevron', tone: 'muted', words: 'sent' },
  accepted: { icon: 'chevron', tone: 'accent', words: 'accepted, at its next step' },
  done: { icon: 'check', tone: 'pass', words: 'done' },
  refused: { icon: 'cross', tone: 'fail', words: 'refused' },
  lost: { icon: 'cross', tone: 'fail', words: 'lost' },
};

function CommandList({ commands, most }: { commands: readonly SentCommand[]; most: number }) {
  if (commands.length === 0) return null;
  const latest = commands.slice(-most).toReversed();
  return (
    <ul className="commands" aria-label="Commands, latest first">
      {latest.map(({ id, command, text, state, reason, at }) => (
        <li key={id}>
          <span className={`mark ${states[state].tone}`}>
            <Icon name={states[state].icon} /> {states[state].words}
          </span>
          <span>{command}</span>
          <bdi className="command-text">{text !== null && shownText(text)}</bdi>
          {reason !== null && <bdi className="muted">{shownText(reason)}</bdi>}
          <span className="muted">
            <Moment at={at * 1000} />
          </span>
        </li>
      ))}
      {commands.length > latest.length && (
        <li className="muted">and {commands.length - latest.length} before, on the trace</li>
      )}
    </ul>
  );
}
