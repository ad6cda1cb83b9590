import { z } from 'zod';
import type { Offer } from '../genai/tool.ts';
import { choose, submission, toggle, type as typeInto } from './form.ts';
import type { Control } from './page/control.ts';
import type { PageElement } from './page/outline.ts';
import { type Site, urlOf } from './sites.ts';
import { baseOf, elementOf, type Page, type Visit } from './tab.ts';

/** What an action of the model comes to on the page that is open. */
export type Intent =
  /** A page is loaded; `wish` completes "I would like to ...". One with a form changes something. */
  | { kind: 'visit'; visit: Visit; wish: string }
  | { kind: 'back' }
  /** Something is filled in: nobody but this browser knows of it yet. */
  | { kind: 'edit'; apply(): void; done: string }
  | { kind: 'more'; section: number }
  | { kind: 'refused'; reason: string };

const element = z.int().positive().describe('The number of an element of the page that is open');

const SCHEMAS = {
  open: z.strictObject({
    address: z.string().min(1).describe('The name of a site, or an address in it: shop/orders'),
  }),
  click: z.strictObject({ element }),
  type: z.strictObject({ element, text: z.string() }),
  select: z.strictObject({ element, option: z.string().min(1) }),
  submit: z.strictObject({ element }),
  more: z.strictObject({ section: z.int().nonnegative().describe('The number of a section that is cut') }),
  back: z.strictObject({}),
};
type ActionName = keyof typeof SCHEMAS;

const DESCRIPTIONS: Readonly<Record<ActionName, string>> = {
  open: 'Open a site or an address in it.',
  click: 'Click a link, a button, a box.',
  type: 'Write a text into a field, in the place of what stands there.',
  select: 'Choose one of the options of a field.',
  submit: 'Send the form that an element stands in.',
  more: 'Show the next part of a list or section that is cut.',
  back: 'Go back to the page before.',
};

/** All that the browser can do, as the model is offered it. */
export const ACTIONS: readonly Offer[] = Object.entries(SCHEMAS).map(([name, schema]) => {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema);
  return { name, description: DESCRIPTIONS[name as ActionName], parameters };
});

/** What a call of the model means, given the page that is open. Nothing is done yet. */
export function intentOf(name: string, args: unknown, page: Page | null, sites: readonly Site[]): Intent {
  if (!isAction(name))
    return refuse(`there is no action "${name}"; there are ${Object.keys(SCHEMAS).join(', ')}`);
  const parsed = SCHEMAS[name].safeParse(args);
  if (!parsed.success) return refuse(z.prettifyError(parsed.error));
  const given = parsed.data;
  if (name === 'back') return { kind: 'back' };
  if ('address' in given) return openIntent(given.address, sites);
  if (!page) return refuse('no page is open: open a site first');
  if ('section' in given) return { kind: 'more', section: given.section };
  if (!('element' in given)) return refuse(`${name} needs an element`);
  const target = elementOf(page, given.element);
  if (!target) {
    const most = page.view.outline.elements.length;
    return refuse(`there is no element ${given.element} on this page; its elements are 1 to ${most}`);
  }
  if ('text' in given) return typeIntent(target, given.text);
  if ('option' in given) return selectIntent(target, given.option);
  return name === 'submit' ? sendIntent(target, page) : clickIntent(target, page);
}

function isAction(name: string): name is ActionName {
  return Object.hasOwn(SCHEMAS, name);
}

function refuse(reason: string): Intent {
  return { kind: 'refused', reason };
}

function openIntent(address: string, sites: readonly Site[]): Intent {
  const url = urlOf(sites, address);
  if (url) return { kind: 'visit', visit: { url, form: null }, wish: `open ${address}` };
  return refuse(
    `"${address}" is none of the sites ${sites.map(({ name }) => name).join(', ')}, and no address in them`,
  );
}

function clickIntent(target: PageElement, page: Page): Intent {
  const { control, element: clicked } = target;
  switch (control.kind) {
    case 'link': {
      const url = URL.parse(control.href, baseOf(page));
      if (!url) return refuse(`${named(target)} leads nowhere`);
      return { kind: 'visit', visit: { url, form: null }, wish: `follow ${named(target)}` };
    }
    case 'button':
      return sendIntent(target, page);
    case 'check':
    case 'radio':
      return {
        kind: 'edit',
        apply: () => toggle(clicked),
        done: `turned ${named(target)} ${control.kind === 'radio' || !control.on ? 'on' : 'off'}`,
      };
    default:
      return refuse(`${named(target)} is a field: type or select`);
  }
}

function sendIntent(target: PageElement, page: Page): Intent {
  const visit = submission(target.element, baseOf(page));
  if (!visit) return refuse(`${named(target)} stands in no form: nothing happens`);
  return { kind: 'visit', visit, wish: `press ${named(target)}` };
}

function typeIntent(target: PageElement, text: string): Intent {
  if (target.control.kind !== 'text') return refuse(`${named(target)} takes no text`);
  return {
    kind: 'edit',
    apply: () => typeInto(target.element, text),
    done: `wrote "${text}" into ${named(target)}`,
  };
}

function selectIntent(target: PageElement, option: string): Intent {
  const { control } = target;
  if (control.kind !== 'select') return refuse(`${named(target)} has no options`);
  const wanted = option.toLowerCase();
  const known = control.options.some((candidate) => candidate.toLowerCase().includes(wanted));
  const values = [...target.element.querySelectorAll('option')].map((one) => one.getAttribute('value'));
  if (!known && !values.includes(option))
    return refuse(`${named(target)} offers ${control.options.join(' / ')}`);
  return {
    kind: 'edit',
    apply: () => void choose(target.element, option),
    done: `chose "${option}" in ${named(target)}`,
  };
}

/** `[41 button] Add to basket` */
export function named({ number, control }: { number: number; control: Control }): string {
  return control.kind === 'link'
    ? `[${number}] ${control.label}`
    : `[${number} ${control.kind}] ${control.label}`;
}
