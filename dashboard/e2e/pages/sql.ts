import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { screenshot } from '../product.ts';
import type { OpenPage } from './open-page.ts';

export function describeSql(on: () => OpenPage): void {
  describe('SQL', () => {
    const rows = () => on().page.locator('.sql-rows tbody tr:has(button)');

    it('runs what is written and keeps it in the address, with numbers to the right and few rows mounted', async () => {
      const { page, text } = on();
      await page.goto('/alerts');
      await page.getByRole('heading', { name: 'Alerts' }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('s');
      await text('Ask the store anything');
      await page
        .getByLabel('SQL', { exact: true })
        .fill('SELECT number AS n, toString(n) AS t FROM numbers(5000)');
      await page.keyboard.press('Control+Enter');
      await text('the first 1,000 rows; there are more');
      expect(new URL(page.url()).searchParams.get('q')).toContain('numbers(5000)');
      expect(await rows().count()).toBeLessThan(61);
      expect(await rows().first().locator('td.number').count()).toBe(1);
      await page.locator('.sql-rows').press('End');
      await page.getByRole('button', { name: 'Row 1000' }).click();
      await page.getByRole('region', { name: 'Row 1000' }).getByText('999').first().waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).click(),
      ]);
      const csv = await readFile(await file.path(), 'utf8');
      expect(csv.trimEnd().split('\n')).toHaveLength(5001);
      await screenshot(page, 'sql');
    });

    it('runs its examples, and puts tables and columns into the field', async () => {
      const { page } = on();
      await page.goto('/sql');
      await page.getByRole('button', { name: 'The slowest tools' }).click();
      await page.getByRole('columnheader', { name: 'p95_ms' }).waitFor();
      await page.locator('summary', { hasText: /^trials/ }).click();
      const field = page.getByLabel('SQL', { exact: true });
      await field.fill('');
      await page.getByRole('button', { name: 'Insert trials' }).click();
      expect(await field.inputValue()).toBe('trials');
    });

    it('shows a mistake where it stands, nothing as nothing, and goes on', async () => {
      const { page, complaints, text } = on();
      await page.goto(`/sql?q=${encodeURIComponent('SELECT name\nFRM spans')}`);
      await page.getByRole('button', { name: 'Go to line 2, column 5' }).click();
      const field = page.getByLabel('SQL', { exact: true });
      const chosen = () =>
        field.evaluate((area: HTMLTextAreaElement) =>
          area.value.slice(area.selectionStart, area.selectionEnd),
        );
      expect(await chosen()).toBe('spans');
      await screenshot(page, 'sql-error');
      await field.fill("SELECT name FROM spans WHERE name = 'nobody'");
      await page.keyboard.press('Control+Enter');
      await text('It ran and found nothing: its columns are name.');
      // What the browser says of the refusal.
      complaints.splice(0, 1);
    });
  });
}
