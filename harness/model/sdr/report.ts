import type { ChatMove } from '../simulated-model.ts';
import { oneOf } from './wording.ts';

/** How a task came out, with a sentence that says what or why and names whom. */
export type Report = { kind: 'done' | 'nothing' | 'handOver' | 'ask'; text: string };

export const done = (text: string): Report => ({ kind: 'done', text });
export const nothing = (text: string): Report => ({ kind: 'nothing', text });
export const handOver = (text: string): Report => ({ kind: 'handOver', text });
export const askBack = (text: string): Report => ({ kind: 'ask', text });

const OPENINGS: Readonly<Record<Report['kind'], readonly [string, ...string[]]>> = {
  done: ['Done.', 'All set.', 'Finished.'],
  nothing: ['I did nothing.', 'I left it alone.', 'I wrote to nobody.'],
  handOver: ['I am handing this over to a person.', 'I hand this over to a person.'],
  ask: ['I did nothing yet.', 'One question first.'],
};

/** The last word to whoever gave the tasks: what they come to, in the order of the tasks. */
export function tell(reports: readonly Report[], random: () => number): ChatMove {
  const [only, ...others] = reports;
  if (only && others.length === 0) return { text: `${oneOf(random, OPENINGS[only.kind])} ${only.text}` };
  const sentences = reports.map(({ kind, text }) =>
    kind === 'handOver' ? `This one I hand over to a person: ${text}` : text,
  );
  return { text: sentences.join(' ') };
}
