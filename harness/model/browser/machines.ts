import type { ChatMove } from '../simulated-model.ts';
import { find, furtherOn, headingOf, isSearchFor, type PageView, wordsOf } from './page-view.ts';
import { click, fillIn, open, type Situation, search, tell } from './situation.ts';
import type { Task } from './task.ts';

type Power = Extract<Task, { kind: 'start' | 'stop' | 'reboot' }>;

const VERBS = {
  start: { button: /^Start$/, end: 'running' },
  stop: { button: /^Stop$/, end: 'stopped' },
  reboot: { button: /^Reboot$/, end: 'running' },
} as const;

/** Starts, stops or reboots an instance that it has found by its name. */
export function power(task: Power, situation: Situation, page: PageView): ChatMove {
  const { kind, instance } = task;
  const { button, end } = VERBS[kind];
  if (page.status >= 500) return back(page);
  if (/^\/instances\/[^/]+$/.test(page.path) && headingOf(page) === instance) {
    const state = /\bState: (\w+)/.exec(wordsOf(page))?.[1] ?? 'in a state unknown';
    const pressed = situation.made.some(({ tool, result }) => tool === 'click' && isStep(result, page));
    if (pressed && kind === 'reboot') return tell(`${instance} is rebooted.`);
    if (state === end)
      return tell(
        pressed ? `${instance} is ${end} now.` : `${instance} is ${end} already, so I did nothing.`,
      );
    // A page that does not show what was just done may be old.
    if (pressed && situation.made.at(-1)?.tool === 'click') return open(page.address);
    const control = find(page, 'button', button);
    return control
      ? click(control)
      : tell(`${instance} is ${state} and cannot be told to ${kind}, so I did nothing.`);
  }
  if (!isSearchFor(page, instance))
    return search(situation, find(page, 'text', /^Search instances/), instance);
  const lines = page.lines.filter(({ controls }) =>
    controls.some(({ kind: what, label }) => what === 'link' && nameOf(label) === instance),
  );
  if (lines.length > 1) {
    const ids = lines.map(({ text }) => /\bi-\w+/.exec(text)?.[0]).join(' or ');
    return tell(`There are ${lines.length} instances called "${instance}". Which one do you mean, ${ids}?`);
  }
  const link = lines[0]?.controls.find(({ label }) => nameOf(label) === instance);
  if (link) return click(link);
  const further = furtherOn(page);
  return further ? { calls: [further] } : tell(`I found no instance called "${instance}", so I did nothing.`);
}

function back({ address }: PageView): ChatMove {
  return open(address.replace(/\/(?:start|stop|reboot)$/, ''));
}

/** The click brought this page, and came from it: a button, and no link of a list. */
function isStep(result: string, page: PageView): boolean {
  return result.startsWith(`PAGE ${page.address} `) && result.includes('State');
}

function nameOf(label: string): string {
  return label.split(' | ')[0]?.replace(/ \|$/, '').trim() ?? '';
}

/** Launches an instance as it was told. */
export function launch(
  task: Extract<Task, { kind: 'launch' }>,
  situation: Situation,
  page: PageView,
): ChatMove {
  const { name, type, zone, key } = task;
  if (page.status >= 500) return open('cloud/instances');
  if (/^\/instances\/[^/]+$/.test(page.path) && headingOf(page) === name) return tell(`${name} is launched.`);
  const field = find(page, 'text', /^Name$/);
  if (!field) return open('cloud/launch');
  if (page.status === 422 && /Key pair: choose one/.test(wordsOf(page)) && key === null)
    return tell('The console wants a key pair. Which one shall I choose?');
  if (page.status === 422 && /there is one of this name/.test(wordsOf(page)))
    return tell(`There is an instance called ${name} already, so I launched none.`);
  const filled = fillIn(situation, [
    [field, name],
    [find(page, 'select', /^Zone$/), zone],
    [find(page, 'select', /^Type$/), type],
    [key === null ? null : find(page, 'select', /^Key pair$/), key ?? ''],
  ]);
  const button = find(page, 'button', /^Launch$/);
  return (
    filled ??
    (button ? click(button) : tell('I cannot send the form, so I am handing this over to a person.'))
  );
}
