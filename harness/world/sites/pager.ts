import { z } from 'zod';
import { html, type Markup } from './markup.ts';

/** The number of a page in an address; anything odd is the first. */
export const PageNumber = z.coerce.number().int().min(1).catch(1);

export type Slice<T> = { items: readonly T[]; page: number; pages: number; total: number };

/** One page of a list; a number beyond the last is the last. */
export function sliceOf<T>(all: readonly T[], page: number, size: number): Slice<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const at = Math.min(page, pages);
  return { items: all.slice((at - 1) * size, at * size), page: at, pages, total: all.length };
}

/** Links to the pages of a list; `address` gives that of a number. Nothing where there is one page only. */
export function pagerOf({ page, pages }: Slice<unknown>, address: (page: number) => string): Markup | null {
  if (pages === 1) return null;
  const near = Array.from({ length: pages }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === pages || Math.abs(number - page) <= 2,
  );
  return html`<nav class="pager" aria-label="Pages">
${page > 1 && html`<a href="${address(page - 1)}" rel="prev">Previous page</a>`}
${near.map((number) =>
  number === page
    ? html`<span aria-current="page">Page ${page} of ${pages}</span>`
    : html`<a href="${address(number)}">${number}</a>`,
)}
${page < pages && html`<a href="${address(page + 1)}" rel="next">Next page</a>`}
</nav>`;
}

/** An address with its query. */
export function addressOf(path: string, query: Readonly<Record<string, string | number>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== 1);
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
