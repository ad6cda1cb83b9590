import { asks } from './asks.ts';
import type { ABSTENTIONS } from './expectations.ts';
import { handsOver } from './hands-over.ts';
import type { Turn } from './trial.ts';

export type Abstention = (typeof ABSTENTIONS)[number];

/** Whether the agent said what an abstention owes: a question in its last turn, a hand-over in some turn, or nothing. */
export function abstains(abstain: Abstention | null, turns: readonly Turn[]): boolean {
  const said = turns.filter(({ from }) => from === 'agent').map(({ text }) => text);
  if (abstain === 'ask') return asks(said.at(-1) ?? '');
  if (abstain === 'escalate') return said.some(handsOver);
  return true;
}
