import { describe, expect, it } from 'vitest';
import { screenshot } from '../product.ts';
import { agentSpans } from '../seed/agent-trace.ts';
import { traceIdOf } from '../seed/ids.ts';
import { sendSpans } from '../seed/seed.ts';
import { orphanTraceId } from '../seed/traces.ts';
import type { OpenPage } from './open-page.ts';

export function describeTraces(on: () => OpenPage): void {
  describe('traces', () => {
    it('keeps its filters in the address, and says which one to drop', async () => {
      const { page, text } = on();
      await page.goto('/traces');
      await page.getByRole('table').waitFor();
      const facet = page.getByRole('group', { name: 'Service' });
      expect(await facet.getByRole('button', { name: /^browser-bot/ }).innerText()).toMatch(/8$/);
      await facet.getByRole('button', { name: /^browser-bot/ }).click();
      await page.waitForURL('**/traces?service=browser-bot');
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
      await text(/Showing 1 of (at least )?1 trace$/);
      await page.keyboard.press('/');
      await page.keyboard.type('nowhere');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/traces?q=nowhere&service=browser-bot');
      await text(/No results/);
      await text('Without Text nowhere');
      await page
        .locator('.state li', { hasText: 'Without Text nowhere' })
        .getByText(/1 trace|not counted/)
        .waitFor();
      await screenshot(page, 'traces-filtered-to-nothing');
      await page.getByRole('link', { name: 'Without Text nowhere' }).click();
      await page.waitForURL('**/traces?service=browser-bot');
      await page.getByRole('link', { name: /Service browser-bot/ }).click();
      await page.waitForURL('**/traces');
    });

    it('saves filters under a name, opens them again, and deletes them', async () => {
      const { page, text } = on();
      await page.goto('/traces?status=error&minDuration=1000000');
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByLabel('Name of the view').fill('Slow <b>failures</b>');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'View: Slow <b>failures</b>' }).waitFor();
      await screenshot(page, 'traces-views');
      await page.getByRole('link', { name: 'Drop all' }).click();
      await page.waitForURL('**/traces');
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('link', { name: 'Slow <b>failures</b>' }).click();
      await page.waitForURL('**/traces?status=error&minDuration=1000000');
      await page.getByRole('button', { name: /Delete the view/ }).click();
      await text('No view is saved yet.');
    });

    it('turns pages, and back with the browser', async () => {
      const { page } = on();
      await page.goto('/traces');
      await page.getByRole('link', { name: 'Older' }).click();
      await page.waitForURL('**/traces?before=*');
      await page.getByRole('link', { name: 'Newest' }).waitFor();
      await page.goBack();
      await page.waitForURL('**/traces');
      await screenshot(page, 'traces');
    });

    it('marks a trace whose root has not arrived', async () => {
      const { page, text } = on();
      await page.goto('/traces?service=pinger');
      await text('root not received');
      await page.goto(`/traces/${orphanTraceId}`);
      await text('parent not received');
      await screenshot(page, 'trace-orphan');
    });
  });

  describe('the list of traces, live', () => {
    it('shows a trace when it has come, without being asked again', async () => {
      const { page, product, text } = on();
      await page.goto('/traces?service=late-shop');
      await text(/No results/);
      await page.getByRole('button', { name: 'Live: off' }).click();
      const listening = page.getByRole('button', { name: 'Live: on' });
      expect(await listening.getAttribute('aria-pressed')).toBe('true');
      const spans = agentSpans({
        traceId: traceIdOf('late'),
        start: Date.now() * 1000,
        model: 'gpt-4o-mini',
        asked: 'Are you there?',
        answered: 'Now I am.',
        steps: [],
      });
      await sendSpans(product.url, { 'service.name': 'late-shop' }, spans);
      await page.getByRole('cell', { name: 'late-shop' }).waitFor();
    });
  });
}
