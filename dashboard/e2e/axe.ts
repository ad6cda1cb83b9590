import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

export const allRules: RunOptions = {};

/** Those that say another thing in another theme: the rest of a page that was looked at is the same. */
export const colourRules: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** What axe finds on a page as it stands: a rule and the elements that break it. */
export async function violationsOn(page: Page, rules: RunOptions): Promise<string[]> {
  // By the debugger's way in, which the page's own policy does not concern.
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  return page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({ ...options, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  }, rules);
}
