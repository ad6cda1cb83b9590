import type { ChatMessage, ChatMove, ChatRequest } from '../simulated-model.ts';
import { oneOf } from './scene.ts';
import { readWants, standsAlone, type Want, type WantKind } from './wants.ts';

/** Who does what, where one workflow is enough. */
const WORKFLOWS: Readonly<Record<WantKind, string | null>> = {
  schedule: 'scheduling',
  move: 'scheduling',
  cancel: 'scheduling',
  agenda: 'scheduling',
  text: 'texting',
  'read-texts': 'texting',
  research: 'person_context',
  'save-contact': 'address_book',
  'change-contact': 'address_book',
  mail: 'dynamic',
  decline: null,
};

/** The front desk: gives out what is wanted, says what is under way, or answers itself. */
export function route({ messages, tools }: ChatRequest, random: () => number): ChatMove {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const started = messages.slice(last + 1).some(({ role }) => role === 'tool');
  if (started) return { text: acknowledgement(messages.slice(last + 1), random) };
  const task = taskOf(messages, last);
  const wants = readWants(task);
  if (wants.length === 0) return { text: smallTalk(task, random) };
  if (wants.some(({ kind }) => kind === 'decline')) {
    return {
      text: oneOf(
        random,
        'I cannot do that from here, so I leave it to you and hand it over.',
        'That is nothing I can do; I hand this over to you.',
      ),
    };
  }
  const calls = isOneTask(wants)
    ? [{ tool: 'dynamic', arguments: { task } }]
    : wants.map(({ kind, words }) => ({ tool: WORKFLOWS[kind] ?? 'dynamic', arguments: { task: words } }));
  const missing = calls.find(({ tool }) => !tools.includes(tool));
  return missing ? { text: `I have nobody for ${missing.tool}; I hand this over to you.` } : { calls };
}

/** Clauses that lean on one another are one task. */
function isOneTask(wants: readonly Want[]): boolean {
  return wants.length > 1 && !wants.slice(1).every(standsAlone);
}

/** An answer to a question belongs to what was asked for before it. */
function taskOf(messages: readonly ChatMessage[], last: number): string {
  const words = (messages[last]?.content ?? '').replace(/^Handed back by [^:]*: /gm, '');
  const asked = messages.slice(0, last).findLast(({ role }) => role === 'assistant')?.content ?? '';
  if (!asked.includes('?')) return words;
  const before = messages
    .slice(0, last)
    .findLast(({ role, content }) => role === 'user' && readWants(content ?? '').length > 0);
  const own = readWants(words);
  return before && own.length === 0 ? `${before.content}\n${words}` : words;
}

function acknowledgement(since: readonly ChatMessage[], random: () => number): string {
  const started = since.flatMap(({ tool_calls }) => tool_calls ?? []).length;
  const what = started > 1 ? `both things are under way` : 'I am on it';
  return oneOf(random, `All right, ${what}.`, `Sure, ${what}.`, `Will do, ${what}.`);
}

function smallTalk(words: string, random: () => number): string {
  if (/\b(?:thank|thanks|great|perfect|cheers)\b/i.test(words))
    return oneOf(random, 'You are welcome.', 'Any time.');
  return 'I did not understand what I am to do. What would you like?';
}
