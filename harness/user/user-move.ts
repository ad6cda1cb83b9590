import type { Condition } from '../../domain/condition.ts';
import { firstHeld, type History, type Moment, presentOf } from '../../domain/condition-holds.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { User } from '../../domain/user.ts';

type Script = Extract<User, { kind: 'script' }>;
type Machine = Extract<User, { kind: 'machine' }>;

/** Where a user is: how many turns of a script are said, or in which state a machine is. */
export type UserState = {
  readonly at: number | string;
  /** When it came there: what happened before does not count again. */
  readonly since?: Moment;
};

/** What a user does at one moment of a trial. */
export type UserMove =
  | { kind: 'say'; text: string; state: UserState }
  /** Nothing yet; `until`: the moment on the world's clock at which that changes by itself. */
  | { kind: 'wait'; state: UserState; until: Micros | null }
  /** Says nothing more: the conversation is over with the agent's answer. */
  | { kind: 'leave' }
  /** The user itself is at fault: the trial says nothing of the agent. */
  | { kind: 'stuck'; explanation: string };

export function firstState(user: Script | Machine): UserState {
  return { at: user.kind === 'script' ? 0 : user.start };
}

/**
 * What the user does, given all that has happened. Pure: a user is nothing but its state.
 *
 * @param agentWaits the agent has answered: what does not hold now will not come to hold, but for the time
 */
export function userMove(
  user: Script | Machine,
  state: UserState,
  history: History,
  agentWaits: boolean,
): UserMove {
  return user.kind === 'script'
    ? scriptMove(user, state, history, agentWaits)
    : machineMove(user, state, history, agentWaits);
}

function scriptMove(script: Script, state: UserState, history: History, agentWaits: boolean): UserMove {
  if (script.until && firstHeld(script.until, history)) return { kind: 'leave' };
  const turn = script.turns[Number(state.at)];
  if (!turn) return { kind: 'leave' };
  if (firstHeld(turn.when, history, state.since)) {
    return { kind: 'say', text: turn.say, state: { at: Number(state.at) + 1, since: presentOf(history) } };
  }
  const until = nextTime([turn.when], history);
  return agentWaits && until === null ? { kind: 'leave' } : { kind: 'wait', state, until };
}

function machineMove(machine: Machine, from: UserState, history: History, agentWaits: boolean): UserMove {
  let state = from;
  for (let hops = 0; hops <= Object.keys(machine.states).length; hops++) {
    const rules = machine.states[state.at]?.rules ?? [];
    if (rules.length === 0) return { kind: 'leave' };
    const { since } = state;
    const rule = rules.find(({ when }) => firstHeld(when, history, since));
    if (!rule) return unruled(state, rules, history, agentWaits);
    state = { at: rule.to, since: presentOf(history) };
    if (rule.say !== undefined) return { kind: 'say', text: rule.say, state };
  }
  return {
    kind: 'stuck',
    explanation: `from its state "${from.at}" the user goes in circles without a word`,
  };
}

function unruled(
  state: UserState,
  rules: readonly { when: Condition }[],
  history: History,
  agentWaits: boolean,
): UserMove {
  const until = nextTime(
    rules.map(({ when }) => when),
    history,
  );
  if (!agentWaits || until !== null) return { kind: 'wait', state, until };
  const explanation = `in the user's state "${state.at}" no rule holds, and the agent waits for an answer`;
  return { kind: 'stuck', explanation };
}

/** When the first of the conditions comes to hold by the clock alone. */
function nextTime(conditions: readonly Condition[], { start }: History): Micros | null {
  const due = conditions.flatMap((condition) =>
    condition.on === 'time' ? [start + condition.seconds * 1e6] : [],
  );
  return due.length === 0 ? null : micros(Math.min(...due));
}
