/**
 * What the keys move on a page, found by marks that every page sets: `data-row` on the link that opens a row,
 * `data-filter` on the first filter, `data-mark` on the box that marks a row, and the breadcrumb as the way out.
 */

/** Focuses the row `step` after the one in focus; from nowhere, the first or the last. */
export function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')];
  const { activeElement } = document;
  const current = activeElement instanceof HTMLElement ? rows.indexOf(activeElement) : -1;
  const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : current + step;
  rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
}

/** Marks the row in focus, or takes its mark away. */
export function markRow(): void {
  document.activeElement?.closest('tr')?.querySelector<HTMLElement>('[data-mark]')?.click();
}

export function focusFilter(): void {
  document.querySelector<HTMLElement>('[data-filter]')?.focus();
}

/** Follows the last link of the breadcrumb: one level up. */
export function leave(): void {
  [...document.querySelectorAll<HTMLAnchorElement>('nav[aria-label="Breadcrumb"] a')].at(-1)?.click();
}
