import { type Control, clean, controlOf, labelElementOf } from './control.ts';

/** An element that can be acted upon, under its number on the page. */
export type PageElement = { number: number; element: Element; control: Control };

/** What is left of a page: words and controls in the order in which they are read. */
export type Block =
  | { kind: 'line'; parts: Part[]; heading: number | null }
  /** Items that are alike. `number` counts the lists and regions of the page, from 1. */
  | { kind: 'list'; number: number; items: Block[][] }
  /** A part of the page that is the same on every page: header, navigation, footer. */
  | { kind: 'region'; number: number; name: string; items: Block[] };
export type Part = string | PageElement;

export type Outline = { title: string; blocks: Block[]; elements: PageElement[] };

const UNSEEN = new Set([
  ...[
    'script',
    'style',
    'noscript',
    'template',
    'head',
    'svg',
    'iframe',
    'object',
    'canvas',
    'video',
    'audio',
  ],
  ...['link', 'meta', 'option', 'datalist', 'dialog'],
]);
const REGIONS: Readonly<Record<string, string>> = {
  header: 'header',
  nav: 'nav',
  footer: 'footer',
  aside: 'aside',
};
const INLINE = new Set([
  ...['a', 'abbr', 'b', 'bdi', 'br', 'button', 'cite', 'code', 'data', 'em', 'i', 'img', 'input', 'kbd'],
  ...['label', 'mark', 'q', 's', 'samp', 'select', 'small', 'span', 'strong', 'sub', 'sup', 'textarea'],
  ...['time', 'u', 'var', 'dt', 'dd', 'td', 'th', 'form'],
]);
/** What keeps the words of neighbours apart. */
const SEPARATORS: Readonly<Record<string, string>> = { td: ' | ', th: ' | ', dt: ': ', dd: '; ' };
/** So many children that are alike make a list. */
const ALIKE = 4;

/** Reads a page: what can be seen and done, without its looks. */
export function outlineOf(document: Document): Outline {
  const elements: PageElement[] = [];
  let sections = 0;

  const take = (element: Element, control: Control): PageElement => {
    const taken = { number: elements.length + 1, element, control };
    elements.push(taken);
    return taken;
  };

  const childBlocks = (parent: Element): Block[] => lineBlocks(parent.childNodes);

  /** Nodes as blocks; words and inline elements that stand side by side share a line. */
  const lineBlocks = (nodes: Iterable<Node>): Block[] => {
    const blocks: Block[] = [];
    let line: Part[] = [];
    const flush = () => {
      const parts = line.filter((part) => typeof part !== 'string' || part.trim() !== '');
      if (parts.length > 0) blocks.push({ kind: 'line', parts, heading: null });
      line = [];
    };
    /** Words that touch stay together: a parser may give one text in pieces. */
    const write = (text: string) => {
      const last = line.at(-1);
      if (typeof last === 'string') line[line.length - 1] = last + text;
      else line.push(text);
    };
    const visit = (node: Node) => {
      if (node.nodeType === 3) return write((node.textContent ?? '').replace(/\s+/g, ' '));
      if (node.nodeType !== 1) return;
      const element = node as Element;
      if (isUnseen(element)) return;
      const control = controlOf(element);
      if (control) {
        if (control.kind !== 'link' || isWorthALink(control, element)) line.push(take(element, control));
        return;
      }
      if (isLabelOfField(element)) {
        for (const field of element.querySelectorAll('input, select, textarea')) visit(field);
        return;
      }
      if (element.localName === 'br') return flush();
      if (INLINE.has(element.localName) && !holdsBlocks(element)) {
        for (const child of element.childNodes) visit(child);
        if (SEPARATORS[element.localName]) write(SEPARATORS[element.localName] ?? '');
        return;
      }
      flush();
      blocks.push(...blocksOf(element));
    };
    for (const node of nodes) visit(node);
    flush();
    return blocks;
  };

  const blocksOf = (element: Element): Block[] => {
    const heading = /^h([1-6])$/.exec(element.localName)?.[1];
    if (heading) {
      return childBlocks(element).map((block) =>
        block.kind === 'line' ? { ...block, heading: Number(heading) } : block,
      );
    }
    const region = REGIONS[element.localName];
    if (region && !element.closest('article, main')) {
      const number = ++sections;
      const items = childBlocks(element);
      return items.length === 0 ? [] : [{ kind: 'region', number, name: region, items }];
    }
    if (element.localName === 'tr') return [joined(childBlocks(element))].filter((block) => block !== null);
    const alike = childrenAlike(element);
    if (alike.length < ALIKE) return childBlocks(element);
    const number = ++sections;
    const groups = [...element.childNodes].flatMap((node) => {
      const blocks = nodeBlocks(node);
      return blocks.length === 0 ? [] : [{ blocks, isItem: alike.includes(node as Element) }];
    });
    // What stands between two items is one too, so that all is read in its order.
    const [first, last] = [
      groups.findIndex(({ isItem }) => isItem),
      groups.findLastIndex(({ isItem }) => isItem),
    ];
    const blocksFrom = (from: number, to?: number) => groups.slice(from, to).flatMap(({ blocks }) => blocks);
    if (first < 0) return blocksFrom(0);
    const items = groups.slice(first, last + 1).map(({ blocks }) => blocks);
    return [...blocksFrom(0, first), { kind: 'list', number, items }, ...blocksFrom(last + 1)];
  };

  /** A child of a list as blocks; words, controls and inline elements each make a line. */
  const nodeBlocks = (node: Node): Block[] => {
    if (node.nodeType === 3) {
      const text = clean(node.textContent);
      return text === '' ? [] : [{ kind: 'line', parts: [text], heading: null }];
    }
    if (node.nodeType !== 1 || isUnseen(node as Element)) return [];
    const element = node as Element;
    if (!controlOf(element) && !INLINE.has(element.localName)) return blocksOf(element);
    return lineBlocks([element]);
  };

  const body = document.querySelector('body') ?? document.documentElement;
  const blocks = body ? childBlocks(body) : [];
  return { title: clean(document.querySelector('title')?.textContent), blocks, elements };
}

/** The cells of a row in one line. */
function joined(blocks: readonly Block[]): Block | null {
  const parts = blocks.flatMap(partsOf);
  return parts.length === 0 ? null : { kind: 'line', parts, heading: null };
}

/** All words and controls of a block in order. */
export function partsOf(block: Block): Part[] {
  switch (block.kind) {
    case 'line':
      return block.parts;
    case 'list':
      return block.items.flat().flatMap(partsOf);
    case 'region':
      return block.items.flatMap(partsOf);
  }
}

function isUnseen(element: Element): boolean {
  return (
    UNSEEN.has(element.localName) ||
    element.hasAttribute('hidden') ||
    element.getAttribute('aria-hidden') === 'true' ||
    /display:\s*none|visibility:\s*hidden/.test(element.getAttribute('style') ?? '')
  );
}

/** A link without words says nothing, and one within the page leads nowhere. */
function isWorthALink({ label, href }: Extract<Control, { kind: 'link' }>, element: Element): boolean {
  if (href.startsWith('#') || /^(?:javascript|mailto|tel):/i.test(href)) return false;
  return label !== '' || element.querySelector('img') === null;
}

/** Its words are those of the field that it belongs to. */
function isLabelOfField(element: Element): boolean {
  if (element.localName !== 'label') return false;
  if (element.querySelector('input, select, textarea')) return true;
  const id = element.getAttribute('for');
  const field =
    id && [...element.ownerDocument.querySelectorAll('input, select, textarea')].find((one) => one.id === id);
  return Boolean(field && labelElementOf(field) === element);
}

function holdsBlocks(element: Element): boolean {
  return element.querySelector('p, div, ul, ol, table, h1, h2, h3, h4, article, section, fieldset') !== null;
}

/** The largest set of children with the same name and class. */
function childrenAlike(element: Element): Element[] {
  const kinds = Map.groupBy(
    [...element.children].filter((child) => !UNSEEN.has(child.localName) && child.localName !== 'br'),
    (child) => `${child.localName}.${child.getAttribute('class') ?? ''}`,
  );
  const sets = [...kinds.entries()].filter(([kind]) => !/^(?:label|p|h\d|dt|dd)\./.test(kind));
  const small = sets.filter(([, children]) => children.every(isSmall));
  return small.map(([, children]) => children).sort((a, b) => b.length - a.length)[0] ?? [];
}

/** What is larger is no item of a list but a part of the page, with lists of its own. */
function isSmall(element: Element): boolean {
  return (
    element.querySelectorAll('a, button, input, select, textarea').length <= 12 &&
    clean(element.textContent).length <= 1000 &&
    element.querySelector('h1, h2, ul, ol, table') === null
  );
}
