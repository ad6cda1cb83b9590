import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { compress, TOKEN_BUDGET } from '../agents/browser/page/compress.ts';
import { tokensOf } from '../agents/browser/page/tokens.ts';
import { quantile, report } from './report.ts';
import { sitePages } from './site-pages.ts';

/** How small the browser makes the pages of datasets/sites, and what of them it shows. */

type Measured = {
  address: string;
  kind: string;
  raw: number;
  tokens: number;
  level: number;
  shown: number;
  elements: number;
  cpu: number;
};

function measure({ address, kind, html }: { address: string; kind: string; html: string }): Measured {
  const before = process.cpuUsage();
  const { document } = parseHTML(html);
  const { text, tokens, level, outline } = compress(document as unknown as Document);
  const { user, system } = process.cpuUsage(before);
  const marks = new Set(text.match(/\[\d+(?= |\])/g) ?? []);
  const elements = outline.elements.length;
  return {
    address,
    kind,
    raw: tokensOf(html),
    tokens,
    level,
    shown: marks.size,
    elements,
    cpu: (user + system) / 1000,
  };
}

/** A page that is not ours and stands in an installed package: documentation, of one file. */
function strangersPage(): { address: string; kind: string; html: string } {
  const file = 'node_modules/decimal.js-light/doc/API.html';
  return {
    address: 'decimal.js-light/doc/API.html',
    kind: "others'",
    html: readFileSync(join(import.meta.dirname, '..', file), 'utf8'),
  };
}

const pages = await sitePages();
for (const page of pages.slice(0, 5)) measure(page);
const measured = pages.map(measure);
const sum = (pick: (page: Measured) => number) => measured.reduce((total, page) => total + pick(page), 0);

console.log(
  '  page                                     kind                   HTML    text  detail  elements shown',
);
const stranger = measure(strangersPage());
for (const { address, kind, raw, tokens, level, shown, elements } of [...measured, stranger]) {
  const detail = level === 0 ? 'full' : level < 7 ? `-${level}` : 'cut';
  console.log(
    `  ${address.padEnd(40)} ${kind.padEnd(22)} ${String(raw).padStart(5)}  ${String(tokens).padStart(6)}  ${detail.padStart(6)}  ${`${shown} of ${elements}`.padStart(14)}`,
  );
}
const within = measured.filter(({ tokens }) => tokens <= TOKEN_BUDGET).length;
const whole = measured.filter(({ tokens, level }) => tokens <= TOKEN_BUDGET && level < 7).length;
const tokens = measured.map((page) => page.tokens);
report('pages', [
  { name: 'pages', value: pages.length, unit: 'of our own four sites', bar: 40, atLeast: true },
  {
    name: `pages within ${TOKEN_BUDGET} tokens`,
    value: (100 * within) / pages.length,
    unit: '%',
    bar: 90,
    atLeast: true,
  },
  {
    name: 'of these without cutting the page as a whole',
    value: (100 * whole) / pages.length,
    unit: '%',
    bar: 90,
    atLeast: true,
  },
  { name: 'tokens of a page, median', value: quantile(tokens, 0.5), unit: 'tokens' },
  { name: 'tokens of a page, p90', value: quantile(tokens, 0.9), unit: 'tokens', bar: TOKEN_BUDGET },
  { name: 'tokens of a page, most', value: Math.max(...tokens), unit: 'tokens' },
  {
    name: 'tokens of the same pages as HTML, median',
    value: quantile(
      measured.map(({ raw }) => raw),
      0.5,
    ),
    unit: 'tokens',
  },
  {
    name: 'HTML to text, all pages',
    value: sum(({ raw }) => raw) / sum((page) => page.tokens),
    unit: 'times smaller',
  },
  {
    name: 'links, buttons and fields shown at once',
    value: (100 * sum(({ shown }) => shown)) / sum(({ elements }) => elements),
    unit: '%',
  },
  {
    name: 'a page of documentation that is not ours',
    value: stranger.tokens,
    unit: `tokens, ${stranger.raw} as HTML`,
    bar: TOKEN_BUDGET,
  },
  {
    name: 'parsing, outline and counting a page',
    value: sum(({ cpu }) => cpu) / measured.length,
    unit: 'CPU ms',
  },
]);
