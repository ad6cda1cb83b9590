import type { LogRecord } from '../../../../domain/log-record.ts';
import type { Micros } from '../../../../domain/units.ts';

/** What a person or a program asked of an agent at work, as its trace tells; see docs/reference/control.md. */
export type TracedCommand = {
  id: string;
  command: string;
  /** What was said with it. */
  text: string | null;
  /** Who asked; `null` where nobody had to say who they are. */
  by: string | null;
  /** When it was asked. */
  at: Micros;
  /** What became of it, and when. */
  state: string;
  since: Micros;
  reason: string | null;
};

export const CONTROL_EVENT = 'rehearse.control';

/** The commands that records tell of, in the order of asking; a record tells one state of one command. */
export function tracedCommands(logs: readonly LogRecord[]): TracedCommand[] {
  const records = logs
    .filter(({ eventName }) => eventName === CONTROL_EVENT)
    .map((log) => ({ at: log.at, of: (name: string) => textOf(log.attributes[`${CONTROL_EVENT}.${name}`]) }))
    .toSorted((left, right) => left.at - right.at);
  return [...Map.groupBy(records, ({ of }) => of('id'))].flatMap(([id, states]) => {
    const [first] = states;
    const last = states.at(-1);
    if (id === null || !first || !last) return [];
    return {
      id,
      command: first.of('command') ?? 'command',
      text: first.of('text'),
      by: first.of('by'),
      at: first.at,
      state: last.of('state') ?? 'sent',
      since: last.at,
      reason: last.of('reason'),
    };
  });
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
