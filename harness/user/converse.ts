import type { History } from '../../domain/condition-holds.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Turn } from '../../domain/trial.ts';
import type { AgentRequest, AgentResult } from '../drivers/agent.ts';
import { describeError } from '../model/describe-error.ts';
import type { World } from '../world/world.ts';
import type { Letter, Mailbox } from './mailbox.ts';
import type { Speaker } from './model-user.ts';
import { firstState, type UserMove, userMove } from './user-move.ts';

/** What a conversation has come to, also while it goes on. */
export type Conversation = {
  /** In order, with copies of what is known so far. */
  readonly turns: Turn[];
  /** Why the user, and not the agent, is to blame; `null` else. */
  readonly userFault: string | null;
  /** Talks until it is over. `false`: the agent stopped at a limit of its own. Rejects with what `ask` throws. */
  talk(ask: (request: AgentRequest) => Promise<AgentResult>): Promise<boolean>;
};

export type ConversationDeps = {
  scenario: Pick<Scenario, 'start' | 'user'>;
  conversationId: string;
  world: Pick<World, 'now' | 'calls' | 'journal' | 'row' | 'afterEachCall' | 'settled' | 'waitUntil'>;
  /** `null`: what is said mid-run stays unheard. */
  mailbox: Mailbox | null;
  /** Plays a user of kind `model`. */
  speaker: Speaker | null;
  signal: AbortSignal;
};

/**
 * The talk between the user of a scenario and the agent. The agent is asked with the first message; after each of its
 * answers the user may speak again, and it is asked with that. While it works, the user may speak after each call of
 * the world, before that call is answered, so that the order of things is the same in every run.
 */
export function createConversation(deps: ConversationDeps): Conversation {
  const { scenario, world, mailbox } = deps;
  const { user } = scenario;
  const start = world.now;
  const turns: Turn[] = [];
  const letters = new Map<Turn, Letter>();
  let userFault: string | null = null;
  let agentWaits = false;
  let spoken = 0;
  let state = user.kind === 'script' || user.kind === 'machine' ? firstState(user) : null;

  const say = (from: Turn['from'], text: string, midRun: boolean): Turn => {
    const turn: Turn = { from, text, at: world.now, ...(midRun ? { midRun } : {}) };
    turns.push(turn);
    return turn;
  };
  const history = (): History => ({
    start,
    now: world.now,
    calls: world.calls,
    journal: world.journal,
    turns,
    row: world.row,
  });
  const move = (): UserMove => {
    if (user.kind === 'silent' || user.kind === 'model' || !state) return { kind: 'leave' };
    if (user.kind === 'machine' && spoken >= user.maxTurns) return { kind: 'leave' };
    const next = userMove(user, state, history(), agentWaits);
    if (next.kind === 'say' || next.kind === 'wait') state = next.state;
    if (next.kind === 'say') spoken += 1;
    if (next.kind === 'stuck') userFault ??= next.explanation;
    return next;
  };
  const hearAgent = async () => {
    for (const text of (await mailbox?.collect()) ?? []) say('agent', text, true);
  };

  world.afterEachCall(async () => {
    if (agentWaits || userFault !== null) return;
    await hearAgent();
    for (let next = move(); next.kind === 'say'; next = move()) {
      const turn = say('user', next.text, true);
      letters.set(turn, (await mailbox?.post(next.text, world.now)) ?? { heard: false });
    }
  });

  /** What the user says to an agent that waits; `null` when the conversation is over. */
  const nextMessage = async (): Promise<string | null> => {
    if (user.kind === 'model') {
      if (spoken >= user.maxTurns) return null;
      spoken += 1;
      return speak(user);
    }
    for (;;) {
      const next = move();
      if (next.kind === 'say') return next.text;
      if (next.kind !== 'wait' || next.until === null) return null;
      world.waitUntil(next.until);
    }
  };
  const speak = async (persona: Parameters<Speaker>[0]): Promise<string | null> => {
    if (!deps.speaker) throw new Error('a user of kind "model" needs somebody who plays it');
    try {
      return await deps.speaker(persona, turns, deps.signal);
    } catch (error) {
      deps.signal.throwIfAborted();
      userFault ??= `the model that plays the user failed: ${describeError(error)}`;
      return null;
    }
  };

  return {
    get turns() {
      return turns.map((turn) => {
        const letter = letters.get(turn);
        return letter ? { ...turn, heard: letter.heard } : turn;
      });
    },
    get userFault() {
      return userFault;
    },
    async talk(ask) {
      let message: string | null = scenario.start.message;
      while (message !== null) {
        say('user', message, false);
        agentWaits = false;
        const { said, finished } = await ask({ message, conversationId: deps.conversationId });
        await world.settled();
        await hearAgent();
        for (const text of said) say('agent', text, false);
        agentWaits = true;
        if (!finished) return false;
        message = userFault === null ? await nextMessage() : null;
      }
      return true;
    },
  };
}
