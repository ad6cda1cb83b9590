import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { compress, TOKEN_BUDGET } from '../agents/browser/page/compress.ts';
import { pagesDigest, type SitePage, sitePages } from './site-pages.ts';

const folder = join(import.meta.dirname, '../datasets/sites');
const card = readFileSync(join(folder, 'README.md'), 'utf8');

describe('the page set', () => {
  let pages: SitePage[];
  beforeAll(async () => {
    pages = await sitePages();
  });

  it('is what its card says', () => {
    const file = readFileSync(join(folder, 'pages.json'));
    expect(card).toContain(createHash('sha256').update(file).digest('hex'));
    expect(card).toContain(pagesDigest(pages));
    expect(card).toContain(`${pages.length} pages of ${new Set(pages.map(({ kind }) => kind)).size} kinds`);
    const bySite = Map.groupBy(pages, ({ address }) => address.split('/')[0]);
    expect([...bySite.values()].map((some) => some.length)).toEqual([26, 12, 11, 11]);
  });

  it('shows what its kinds say', () => {
    const statuses = pages.map(({ kind, status }) => [kind, status]);
    const expected: Record<string, number> = {
      captcha: 403,
      'sign-in': 403,
      'not found': 404,
      'form with errors': 422,
    };
    expect(statuses).toEqual(pages.map(({ kind }) => [kind, expected[kind] ?? 200]));
  });

  it('is read by the browser in less than its budget, nine pages of ten', () => {
    const small = pages.filter(({ html }) => {
      const { tokens } = compress(parseHTML(html).document as unknown as Document);
      return tokens <= TOKEN_BUDGET;
    });
    expect(small.length).toBeGreaterThanOrEqual(0.9 * pages.length);
  });
});
