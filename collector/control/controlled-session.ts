import type {
  CommandRequest,
  ControlFrame,
  ControlledAgent,
  Hello,
  SentCommand,
} from '../../domain/control.ts';
import { type CommandState, isPending } from '../../domain/control-command.ts';
import { AppError } from '../../domain/errors.ts';

/** The connection of an agent. `send` is `false` where it does not keep up. */
export type AgentLine = { send(frame: ControlFrame): boolean; close(code: number, reason: string): void };

/** A command that came into a state. */
export type ControlNews = { agent: ControlledAgent; command: SentCommand };

/** Commands of a session that are kept; those that are over make room for new ones. */
export const MOST_COMMANDS = 50;

/**
 * What is known of one agent at work: who it is, its connection, and the commands to it. What must outlive the session
 * is told to `onNews`.
 */
export class ControlledSession {
  readonly #now: () => number;
  readonly #onNews: (news: ControlNews) => void;
  readonly #commands: SentCommand[] = [];
  #hello: Hello;
  #line: AgentLine | null = null;
  #connection: ControlledAgent['connection'] = 'away';
  #since: number;
  #paused = false;
  #said: string | null = null;
  #ended = false;

  constructor(hello: Hello, now: () => number, onNews: (news: ControlNews) => void) {
    this.#hello = hello;
    this.#now = now;
    this.#onNews = onNews;
    this.#since = now();
  }

  /** Whether the agent has said that its work is over. */
  get ended(): boolean {
    return this.#ended;
  }

  get agent(): ControlledAgent {
    const { session, agent, version, run, conversation, trace } = this.#hello;
    return {
      session,
      agent,
      version: version ?? null,
      runId: run ?? null,
      conversation: conversation ?? null,
      traceId: trace ?? null,
      connection: this.#connection,
      since: this.#since,
      paused: this.#paused,
      said: this.#said,
      commands: this.#commands.map((command) => ({ ...command })),
    };
  }

  /** Takes a connection, and sends what the agent has not said to be over. A connection that it had before is closed. */
  connect(hello: Hello, line: AgentLine): void {
    this.#hello = hello;
    this.#paused = hello.paused ?? this.#paused;
    if (this.#line === line) return;
    this.#line?.close(4000, 'this session has connected anew');
    this.#line = line;
    this.#become('connected');
    for (const command of this.#commands.filter(isPending)) this.#deliver(command);
  }

  /** The connection is gone; nothing where another one has taken its place. */
  disconnect(line: AgentLine): void {
    if (this.#line !== line) return;
    this.#line = null;
    if (this.#connection === 'connected') this.#become('away');
  }

  say(text: string): void {
    this.#said = text;
  }

  /** The work is over, or seems so, and what is pending is lost. */
  end(reason: string, saidSo: boolean): void {
    this.#ended ||= saidSo;
    if (this.#connection === 'over') return;
    this.#become('over');
    this.#line?.close(1000, reason);
    this.#line = null;
    for (const command of this.#commands.filter(isPending)) this.#move(command, 'lost', reason);
  }

  /**
   * @throws AppError AGENT_NOT_CONNECTED, COMMAND_PENDING where the same is asked already, CONTROL_BUSY
   */
  command(request: CommandRequest & { id: string; by: string | null }): SentCommand {
    const known = this.#commands.find(({ id }) => id === request.id);
    if (known) return { ...known };
    const { agent } = this.#hello;
    if (this.#connection === 'over')
      throw new AppError('AGENT_NOT_CONNECTED', `the work of ${agent} is over`);
    const text = 'text' in request ? request.text : null;
    const same = this.#commands.find(
      (command) => isPending(command) && command.command === request.command && command.text === text,
    );
    if (same) {
      throw new AppError(
        'COMMAND_PENDING',
        `${agent} has been asked to ${same.command} and has not done it yet: ${same.id}`,
      );
    }
    this.#makeRoom();
    const at = this.#now();
    const { id, command, by } = request;
    const sent: SentCommand = { id, command, text, by, at, state: 'waiting', since: at, reason: null };
    this.#commands.push(sent);
    if (this.#line === null) this.#tell(sent);
    else this.#deliver(sent);
    return { ...sent };
  }

  /** What the agent says of a command. What is over stays so, whatever comes late. */
  acknowledge(id: string, state: CommandState, reason: string | null): void {
    const command = this.#commands.find((one) => one.id === id);
    if (!command || !isPending(command) || (command.state === state && command.reason === reason)) return;
    if (state === 'done' && command.command === 'pause') this.#paused = true;
    if (state === 'done' && (command.command === 'resume' || command.command === 'stop'))
      this.#paused = false;
    this.#move(command, state, reason);
  }

  #deliver(command: SentCommand): void {
    const at = new Date(command.at).toISOString();
    const { id, text } = command;
    const taken = this.#line?.send(
      command.command === 'feedback'
        ? { type: 'message', id, text: text ?? '', at }
        : { type: 'command', id, command: command.command, ...(text === null ? {} : { text }), at },
    );
    if (!taken) {
      this.#line?.close(1013, 'the agent does not read what is sent to it');
      if (command.state === 'waiting') this.#tell(command);
    } else if (command.state === 'waiting') this.#move(command, 'sent', null);
  }

  #makeRoom(): void {
    if (this.#commands.length < MOST_COMMANDS) return;
    const over = this.#commands.findIndex((command) => !isPending(command));
    if (over < 0) {
      const { agent } = this.#hello;
      throw new AppError('CONTROL_BUSY', `${agent} has not dealt with ${MOST_COMMANDS} commands yet`);
    }
    this.#commands.splice(over, 1);
  }

  #move(command: SentCommand, state: CommandState, reason: string | null): void {
    command.state = state;
    command.since = this.#now();
    command.reason = reason;
    this.#tell(command);
  }

  #tell(command: SentCommand): void {
    this.#onNews({ agent: this.agent, command: { ...command } });
  }

  #become(connection: ControlledAgent['connection']): void {
    this.#connection = connection;
    this.#since = this.#now();
  }
}
