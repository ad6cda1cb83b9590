import { randomUUID } from 'node:crypto';
import {
  AgentFrame,
  type CommandRequest,
  type ControlledAgent,
  type SentCommand,
} from '../../domain/control.ts';
import { AppError } from '../../domain/errors.ts';
import { schemaProblem } from '../../domain/field-problem.ts';
import { type AgentLine, ControlledSession, type ControlNews } from './controlled-session.ts';

export type ControlDeskOptions = {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Told of each command and of each state that it comes into. */
  onNews: (news: ControlNews) => void;
};

/** Where agents at work are reached. Everything here is in memory, and bounded. */
export type ControlDesk = {
  /** The agents that are connected or were a moment ago, those at work first. */
  agents(): ControlledAgent[];
  /**
   * @param by who asks; `null` where nobody has to say
   * @throws AppError AGENT_NOT_CONNECTED, COMMAND_PENDING, CONTROL_BUSY
   */
  command(session: string, request: CommandRequest, by: string | null): SentCommand;
  /** Takes a new connection: what is to be called with each of its frames, and when it is closed. */
  connect(line: AgentLine): { onFrame(text: string): void; onClose(): void };
  /** Lets those go that stayed away, and those go out of sight whose work is over. To be called every few seconds. */
  sweep(): void;
};

/** How long an agent may stay away and still find its commands. */
export const awayMilliseconds = 60_000;
/** How long what became of an agent's commands can be seen after its work. */
const overMilliseconds = 60_000;
const mostSessions = 1000;

/** The desk of one project. */
export function createControlDesk({ now, onNews }: ControlDeskOptions): ControlDesk {
  const sessions = new Map<string, ControlledSession>();
  const sweep = () => {
    for (const [id, session] of sessions) {
      const { connection, since } = session.agent;
      if (connection === 'away' && now() - since > awayMilliseconds) {
        session.end(`the agent was not seen for ${awayMilliseconds / 1000} s`, false);
      } else if (connection === 'over' && now() - since > overMilliseconds) sessions.delete(id);
    }
  };
  const sessionOf = (id: string) => {
    const session = sessions.get(id);
    if (!session) throw new AppError('AGENT_NOT_CONNECTED', `no agent has connected as ${id}`);
    return session;
  };

  return {
    agents() {
      const rank = { connected: 0, away: 1, over: 2 };
      return [...sessions.values()]
        .map(({ agent }) => agent)
        .sort((a, b) => rank[a.connection] - rank[b.connection] || b.since - a.since);
    },
    command: (id, request, by) => sessionOf(id).command({ ...request, id: request.id ?? randomUUID(), by }),
    connect(line) {
      let session: ControlledSession | null = null;
      const refuse = (message: string) => {
        line.send({ type: 'error', message });
        // An agent that is known stays at work, whatever a later version of it says.
        if (session === null) line.close(1008, 'see the error before this');
      };
      const take = (frame: AgentFrame) => {
        if (frame.type === 'hello') {
          const known = sessions.get(frame.session);
          if (session !== null && session !== known) {
            return refuse('hello: expected the session that this connection began with');
          }
          if (known?.ended) return refuse(`hello: the session ${frame.session} is over`);
          if (!known && sessions.size >= mostSessions)
            return refuse(`hello: ${mostSessions} agents are connected`);
          session = known ?? new ControlledSession(frame, now, onNews);
          sessions.set(frame.session, session);
          return session.connect(frame, line);
        }
        if (session === null) return refuse(`expected a hello first, got ${frame.type}`);
        if (frame.type === 'ack') session.acknowledge(frame.id, frame.state, frame.reason ?? null);
        if (frame.type === 'say') session.say(frame.text);
        if (frame.type === 'bye') session.end('the work of the agent is over', true);
      };
      return {
        onFrame(text) {
          const sent = parsed(text);
          const frame = AgentFrame.safeParse(sent);
          if (frame.success) return take(frame.data);
          refuse(schemaProblem(frame.error, sent));
        },
        onClose: () => session?.disconnect(line),
      };
    },
    sweep,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
