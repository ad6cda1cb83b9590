import { type Block, type Outline, outlineOf, partsOf } from './outline.ts';
import { type Detail, renderOutline, type Windows } from './render.ts';
import { tokensOf } from './tokens.ts';

/** A page as the model reads it. */
export type Compressed = {
  text: string;
  tokens: number;
  /** How much detail had to be given up, from 0; 7: the page is cut as a whole. */
  level: number;
  outline: Outline;
  /** How much each list and each region holds, by its number. */
  sections: ReadonlyMap<number, number>;
};

/** From as much as a page may show to as little as it must; the first that keeps the budget is taken. */
const DETAILS: readonly Detail[] = [
  { items: 60, region: 40, words: 1000, options: 20 },
  { items: 40, region: 24, words: 500, options: 12 },
  { items: 24, region: 14, words: 320, options: 8 },
  { items: 16, region: 10, words: 220, options: 6 },
  { items: 10, region: 8, words: 160, options: 6 },
  { items: 6, region: 6, words: 100, options: 4 },
  { items: 4, region: 4, words: 60, options: 4 },
];

export const TOKEN_BUDGET = 2000;

/** The section that is the page itself, of one that is cut as a whole. */
const WHOLE_PAGE = 0;

/**
 * Reads a page and writes it down within a budget of tokens: headings, words, and numbered controls; what is alike is cut
 * to a window with a note of how much is left, navigation and footers to a line. Nothing in here knows any site. A page
 * that is too long even so is cut as a whole, and its rest is section 0.
 */
export function compress(
  document: Document,
  { windows = new Map(), budget = TOKEN_BUDGET }: { windows?: Windows; budget?: number } = {},
): Compressed {
  const outline = outlineOf(document);
  const sections = new Map(outline.blocks.flatMap(sizesOf));
  const from = windows.get(WHOLE_PAGE) ?? 0;
  let lines: string[] = [];
  for (const [level, detail] of DETAILS.entries()) {
    lines = renderOutline(outline, detail, windows);
    const text = lines.join('\n');
    // A token is seldom more than eight characters: what is that long need not be counted.
    const tokens = text.length > 8 * budget ? Number.POSITIVE_INFINITY : tokensOf(text);
    if (tokens <= budget && from === 0) return { text, tokens, level, outline, sections };
  }
  const text = cut(lines, from, budget);
  sections.set(WHOLE_PAGE, lines.length);
  return { text, tokens: tokensOf(text), level: DETAILS.length, outline, sections };
}

/** As many lines as keep the budget, from one of them on. */
function cut(lines: readonly string[], from: number, budget: number): string {
  const shown: string[] = [];
  let left = budget - 20;
  for (const line of lines.slice(from)) {
    left -= tokensOf(line) + 1;
    if (left < 0 && shown.length > 0) break;
    shown.push(line);
  }
  const rest = lines.length - from - shown.length;
  return [
    ...(from > 0 ? [`(${from} before)`] : []),
    ...shown,
    ...(rest > 0 ? [`(${rest} more: section ${WHOLE_PAGE})`] : []),
  ].join('\n');
}

function sizesOf(block: Block): [number: number, size: number][] {
  if (block.kind === 'line') return [];
  if (block.kind === 'region') return [[block.number, block.items.flatMap(partsOf).length]];
  return [[block.number, block.items.length]];
}
