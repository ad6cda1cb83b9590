import type { Control } from './control.ts';
import { type Block, type Outline, type Part, partsOf } from './outline.ts';

/** How much of a page is shown. */
export type Detail = {
  /** Items of a list. */
  items: number;
  /** Controls of a header, navigation or footer. */
  region: number;
  /** Characters of a line of words. */
  words: number;
  /** Choices of a field. */
  options: number;
};

/** Where the window of a list or region begins, by its number; what is not named begins at 0. */
export type Windows = ReadonlyMap<number, number>;

/** A page as lines of text: `- ` before the items of lists, `[7 button] Label` for what can be acted upon. */
export function renderOutline({ blocks }: Outline, detail: Detail, windows: Windows): string[] {
  return blocks.flatMap((block) => linesOf(block, detail, windows));
}

function linesOf(block: Block, detail: Detail, windows: Windows): string[] {
  switch (block.kind) {
    case 'line': {
      const text = lineOf(block.parts, detail);
      if (text === '') return [];
      return [block.heading === null ? text : `${'#'.repeat(block.heading)} ${text}`];
    }
    case 'list': {
      const shown = windowOf(block.items, detail.items, windows.get(block.number) ?? 0);
      const lines = shown.items.map(
        (item) => `- ${item.flatMap((part) => inOneLine(part, detail)).join(' ')}`,
      );
      return [...before(shown), ...lines, ...after(shown, block.number)];
    }
    case 'region': {
      const parts = block.items.flatMap(partsOf);
      // Footers are long and seldom matter.
      const size = block.name === 'footer' ? Math.ceil(detail.region / 4) : detail.region;
      const shown = windowOf(parts, size, windows.get(block.number) ?? 0);
      const line = [...before(shown), lineOf(shown.items, detail), ...after(shown, block.number)].join(' ');
      return [`${block.name}: ${line}`];
    }
  }
}

function inOneLine(block: Block, detail: Detail): string[] {
  const text = lineOf(partsOf(block), detail);
  return text === '' ? [] : [text];
}

type Shown<T> = { items: readonly T[]; skipped: number; left: number };

function windowOf<T>(items: readonly T[], size: number, from: number): Shown<T> {
  const start = Math.min(from, Math.max(0, items.length - 1));
  const shown = items.slice(start, start + size);
  return { items: shown, skipped: start, left: items.length - start - shown.length };
}

function before({ skipped }: Shown<unknown>): string[] {
  return skipped === 0 ? [] : [`(${skipped} before)`];
}

function after({ left }: Shown<unknown>, number: number): string[] {
  return left === 0 ? [] : [`(${left} more: section ${number})`];
}

function lineOf(parts: readonly Part[], detail: Detail): string {
  return parts
    .map((part) =>
      typeof part === 'string'
        ? clipped(part.trim(), detail.words)
        : `${mark(part.number, part.control)}${bodyOf(part.control, detail)}`,
    )
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/ \|(?= \||\s*$)/g, '')
    .trim();
}

function mark(number: number, { kind }: Control): string {
  return kind === 'link' ? `[${number}] ` : `[${number} ${kind}] `;
}

function bodyOf(control: Control, { words, options }: Detail): string {
  switch (control.kind) {
    case 'text':
      return `${clipped(control.label, words)}: "${clipped(control.value, words)}"`;
    case 'select': {
      const shown = control.options.slice(0, options).map((option) => clipped(option, words));
      const left = control.options.length - shown.length;
      const choices = [...shown, ...(left > 0 ? [`${left} more`] : [])].join(' / ');
      return `${clipped(control.label, words)}: "${control.value}" of ${choices}`;
    }
    case 'check':
    case 'radio':
      return `${clipped(control.label, words)}: ${control.on ? 'on' : 'off'}`;
    default:
      return clipped(control.label, words);
  }
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
