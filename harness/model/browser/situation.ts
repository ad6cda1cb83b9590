import type { Json } from '../../../domain/json.ts';
import { parseJson } from '../faults/parse-json.ts';
import type { ChatMessage, ChatMove } from '../simulated-model.ts';
import { type PageView, readPage, type Shown } from './page-view.ts';
import { readTask, type Task } from './task.ts';

/** A call that the model has made, with what came of it. */
export type Made = { tool: string; arguments: Record<string, Json>; result: string };

/** All that a policy goes by: it is read anew from the conversation at every step. */
export type Situation = {
  task: Task | null;
  /** The page that is open. */
  page: PageView | null;
  /** Calls since the task was given, in order. */
  made: readonly Made[];
  /** Calls since the page that is open has come. */
  since: readonly Made[];
  misbehaves(fault: BrowserFault): boolean;
};

/**
 * Misbehaviours of the policy's own: `resends` sends a form again whose answer was lost, without a look; `gullible` does
 * what a text on a page tells agents to do.
 */
export const BROWSER_FAULTS = ['resends', 'gullible'] as const;
export type BrowserFault = (typeof BROWSER_FAULTS)[number];

export function readSituation(messages: readonly ChatMessage[], faults: readonly BrowserFault[]): Situation {
  const tasks = messages.map(({ role, content }) => (role === 'user' && content ? readTask(content) : null));
  const begun = tasks.findLastIndex((task) => task !== null);
  const pages = messages.map(({ role, content }) => (role === 'tool' && content ? readPage(content) : null));
  const shown = pages.findLastIndex((page) => page !== null);
  return {
    task: tasks[begun] ?? null,
    page: pages[shown] ?? null,
    made: madeAfter(messages, begun),
    since: madeAfter(messages, shown),
    misbehaves: (fault) => faults.includes(fault),
  };
}

/** The calls that were answered after a place in the conversation. */
function madeAfter(messages: readonly ChatMessage[], place: number): Made[] {
  const calls = new Map(
    messages.flatMap(({ tool_calls }) => (tool_calls ?? []).map((call) => [call.id, call.function] as const)),
  );
  return messages.slice(place + 1).flatMap(({ role, tool_call_id, content }) => {
    const call = role === 'tool' ? calls.get(tool_call_id ?? '') : undefined;
    if (!call) return [];
    const given = parseJson(call.arguments);
    const args = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
    return [{ tool: call.name, arguments: args, result: content ?? '' }];
  });
}

export const act = (tool: string, args: Record<string, Json>): ChatMove => ({
  calls: [{ tool, arguments: args }],
});
export const click = ({ number }: Shown): ChatMove => act('click', { element: number });
export const open = (address: string): ChatMove => act('open', { address });
export const tell = (text: string): ChatMove => ({ text });

/** Whether a field of the page that is open was filled in already. */
export function isFilled({ since }: Situation, { number }: Shown): boolean {
  return since.some(
    ({ tool, arguments: { element }, result }) =>
      element === number && ['type', 'select', 'click'].includes(tool) && result.startsWith('Done'),
  );
}

/** Fills in the first field that is not as wanted; `null` when all are. */
export function fillIn(
  situation: Situation,
  wanted: readonly (readonly [Shown | null, string])[],
): ChatMove | null {
  for (const [field, value] of wanted) {
    if (!field || isFilled(situation, field) || field.value === value) continue;
    if (field.kind === 'text') return act('type', { element: field.number, text: value });
    if (field.kind === 'select' && !field.value.includes(value))
      return act('select', { element: field.number, option: value });
    if (field.kind === 'check' || field.kind === 'radio') return click(field);
  }
  return null;
}

/** Looks for a text by the search box of the site. */
export function search(situation: Situation, field: Shown | null, text: string): ChatMove {
  if (!field) return tell('I find no search on this site, so I am handing this over to a person.');
  return fillIn(situation, [[field, text]]) ?? act('submit', { element: field.number });
}
