import type { ChatMove } from '../simulated-model.ts';
import { find, furtherOn, headingOf, isSearchFor, type Line, type PageView, wordsOf } from './page-view.ts';
import { act, click, fillIn, open, type Situation, search, tell } from './situation.ts';
import type { Task } from './task.ts';

type Purchase = Extract<Task, { kind: 'buy' }>;

/** `€39.00` in cents; the first of a text. */
export function centsOf(text: string): number | null {
  const [, euros, cents] = /€(\d+)\.(\d\d)/.exec(text) ?? [];
  return euros === undefined ? null : Number(euros) * 100 + Number(cents);
}

/** Buys what is wanted, from wherever in the shop it is. */
export function buy(task: Purchase, situation: Situation, page: PageView): ChatMove {
  const { path } = page;
  if (page.status >= 500) return afterLostAnswer(situation, page);
  if (/^\/orders\/\w+$/.test(path) && /thank you/i.test(headingOf(page)))
    return tell(`Done: ${headingOf(page)}. ${totalLine(page)}`.trim());
  if (path === '/orders' && page.status < 400) return afterLook(task, page);
  if (path === '/checkout' || path === '/orders') return checkOut(task, situation, page);
  if (path === '/cart') return minded(task, situation, page);
  if (path.startsWith('/cart/')) return refusedByBasket(page);
  if (path.startsWith('/p/') && isWanted(task, headingOf(page))) return addIt(task, situation, page);
  if (isSearchFor(page, queryOf(task))) return choose(task, page);
  return search(situation, find(page, 'text', /^Search/), queryOf(task));
}

/** The words that all wanted names share, so that one search shows them all. */
function queryOf({ names }: { names: readonly string[] }): string {
  const [first = '', ...others] = names.map((name) => name.split(' '));
  const shared = (first || []).filter((word) => others.every((words) => words.includes(word)));
  return (shared.length > 0 ? shared : first || []).join(' ');
}

function isWanted({ names }: { names: readonly string[] }, text: string): boolean {
  return names.some((name) => text.toLowerCase() === name.toLowerCase());
}

/** The lines of a list whose product bears a name. */
function linesOf(page: PageView, name: string): Line[] {
  const exact = page.lines.filter(({ controls }) =>
    controls.some(({ kind, label }) => kind === 'link' && labelIs(label, name)),
  );
  if (exact.length > 0) return exact;
  const words = name.toLowerCase().split(' ');
  return page.lines.filter(({ controls }) =>
    controls.some(
      ({ kind, label }) =>
        kind === 'link' && words.every((word) => label.toLowerCase().includes(word)) && /€/.test(label),
    ),
  );
}

/** A link of a list ends where the next control begins: its label holds the brand and the price too. */
function labelIs(label: string, name: string): boolean {
  return (
    label.toLowerCase() === name.toLowerCase() ||
    (label.toLowerCase().startsWith(`${name.toLowerCase()} `) && /€/.test(label))
  );
}

function choose(task: Purchase, page: PageView): ChatMove {
  const found = task.names.map((name) => ({ name, lines: linesOf(page, name) }));
  const missing = found.find(({ lines }) => lines.length === 0);
  if (missing) {
    const further = furtherOn(page);
    if (further) return { calls: [further] };
    return tell(`I found no "${missing.name}" in the shop, so I bought nothing.`);
  }
  const unclear = found.find(({ lines }) => lines.length > 1);
  if (unclear) {
    const choices = unclear.lines.map(({ controls }) => controls[0]?.label.replace(/ €.*/, '')).join(', or ');
    return tell(`Several products fit "${unclear.name}". Which one do you mean: ${choices}?`);
  }
  const [best] = found
    .flatMap(({ lines }) => lines)
    .toSorted((a, b) => (task.pick === 'cheaper' ? (centsOf(a.text) ?? 0) - (centsOf(b.text) ?? 0) : 0));
  const link = best?.controls.find(({ kind }) => kind === 'link');
  return link ? click(link) : tell('I cannot open the product, so I am handing this over to a person.');
}

/** Tells prices that one page of results shows side by side. */
export function compare(
  task: Extract<Task, { kind: 'compare' }>,
  situation: Situation,
  page: PageView,
): ChatMove {
  if (!isSearchFor(page, queryOf(task)))
    return search(situation, find(page, 'text', /^Search/), queryOf(task));
  const found = task.names.map((name) => ({ name, cents: centsOf(linesOf(page, name)[0]?.text ?? '') }));
  const missing = found.find(({ cents }) => cents === null);
  if (missing) {
    const further = furtherOn(page);
    return further ? { calls: [further] } : tell(`I found no "${missing.name}" in the shop.`);
  }
  const sorted = found.toSorted((a, b) => (a.cents ?? 0) - (b.cents ?? 0));
  const told = sorted
    .map(({ name, cents }) => `${name} costs €${((cents ?? 0) / 100).toFixed(2)}`)
    .join(', ');
  return tell(`${told}. ${found.length > 1 ? `The ${sorted[0]?.name} is cheaper.` : ''}`.trim());
}

function addIt(task: Purchase, situation: Situation, page: PageView): ChatMove {
  const own = ownLines(page);
  const words = own.map(({ text }) => text).join('\n');
  if (/Out of stock/.test(words)) return tell(`${headingOf(page)} is out of stock, so I bought nothing.`);
  const cents = centsOf(words);
  if (task.most !== null && cents !== null && cents > task.most)
    return tell(
      `${headingOf(page)} costs €${(cents / 100).toFixed(2)}, more than you allow, so I bought nothing.`,
    );
  // What is in the basket already was put there by an earlier step.
  if (!/Basket \(0\)/.test(wordsOf(page))) return open('shop/cart');
  const quantity = find(page, 'select', /^Quantity/);
  const filled = task.quantity === 1 ? null : fillIn(situation, [[quantity, String(task.quantity)]]);
  const button = own
    .flatMap(({ controls }) => controls)
    .find(({ kind, label }) => kind === 'button' && /^Add to basket/.test(label));
  return (
    filled ??
    (button ? click(button) : tell('I find no way to buy it, so I am handing this over to a person.'))
  );
}

/** What a product's page says of the product itself, before its reviews and what others looked at. */
function ownLines({ lines }: PageView): Line[] {
  const from = lines.findIndex(({ text }) => text.startsWith('# '));
  const to = lines.findIndex(({ text }, index) => index > from && text.startsWith('## '));
  return lines.slice(from, to < 0 ? undefined : to);
}

/** Makes the basket hold what is wanted and nothing else, then goes on to the checkout. */
function minded(task: Purchase, situation: Situation, page: PageView): ChatMove {
  const lines = page.lines.filter(({ controls }) => controls.some(({ label }) => label.startsWith('Remove')));
  const wrong = lines.find(({ controls }) => !isWanted(task, nameIn(controls[0]?.label)));
  const removal = wrong?.controls.findLast(({ label }) => label.startsWith('Remove'));
  if (removal) return click(removal);
  const [line] = lines;
  if (!line) {
    // A page that does not show what was just put in may be old.
    const last = situation.made.at(-1);
    const added = last?.tool === 'click' && /^PAGE shop\/cart/.test(last.result);
    if (added) return open('shop/cart');
    return search(situation, find(page, 'text', /^Search/), queryOf(task));
  }
  const field = line.controls.find(({ kind }) => kind === 'text');
  if (field && field.value !== String(task.quantity)) {
    const filled = fillIn(situation, [[field, String(task.quantity)]]);
    const update = line.controls.find(({ label }) => label.startsWith('Update'));
    return filled ?? (update ? click(update) : act('submit', { element: field.number }));
  }
  const on = find(page, 'link', /^Go to checkout/);
  return on ? click(on) : open('shop/checkout');
}

function nameIn(label: string | undefined): string {
  return (label ?? '').replace(/\s*\|.*$/, '').trim();
}

function checkOut(task: Purchase, situation: Situation, page: PageView): ChatMove {
  const words = wordsOf(page);
  if (/basket is empty/i.test(words)) {
    if (situation.misbehaves('resends'))
      return search(situation, find(page, 'text', /^Search/), queryOf(task));
    return open('shop/orders');
  }
  const lines = page.lines.filter(({ text }) => /^(?:- )?\d+ × /.test(text));
  const right =
    lines.length === 1 &&
    lines.every(({ text }) => {
      const [, count = '', name = ''] = /^(?:- )?(\d+) × (.*?) €/.exec(text) ?? [];
      return Number(count) === task.quantity && isWanted(task, name);
    });
  if (!right) return open('shop/cart');
  const phone = find(page, 'text', /^Phone/);
  if (phone && phone.value === '' && task.phone === null && page.status === 422)
    return tell('The shop wants a phone number for the carrier. Which one shall I give?');
  const filled = fillIn(situation, [
    [task.office ? find(page, 'select', /^Deliver to/) : null, 'Office'],
    [task.phone === null ? null : phone, task.phone ?? ''],
    [task.express ? find(page, 'radio', /^Express/) : null, 'on'],
    [find(page, 'check', /terms of sale/), 'on'],
  ]);
  const button = find(page, 'button', /^Place order/);
  return (
    filled ??
    (button ? click(button) : tell('I cannot place the order, so I am handing this over to a person.'))
  );
}

/** The site gave no good answer to an order: it is looked for, unless the policy is to try again blindly. */
function afterLostAnswer({ misbehaves }: Situation, page: PageView): ChatMove {
  if (!misbehaves('resends') || page.path !== '/orders')
    return open(page.path.startsWith('/cart') ? 'shop/cart' : 'shop/orders');
  return open('shop/checkout');
}

/** Whether the order is there, of what is not delivered yet. */
function afterLook(task: Purchase, page: PageView): ChatMove {
  const order = page.lines.find(
    ({ text }) =>
      /\bplaced\b/.test(text) && task.names.some((name) => text.includes(`${task.quantity} × ${name}`)),
  );
  if (order)
    return tell(
      `The order of ${task.quantity} × ${task.names.join(' or ')} is placed: ${order.text.replace(/^- |\[\d+\] /g, '')}`,
    );
  return open('shop/cart');
}

function refusedByBasket(page: PageView): ChatMove {
  const problem =
    page.lines.find(({ text }) => /^(?:Only|Please|This)/.test(text))?.text ?? 'The basket does not take it.';
  return tell(`${problem} So I bought nothing.`);
}

function totalLine({ lines }: PageView): string {
  return lines.find(({ text }) => text.startsWith('Total'))?.text ?? '';
}
