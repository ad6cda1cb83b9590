import { describe, expect, it } from 'vitest';
import { screenshot } from '../product.ts';
import { sendSpans } from '../seed/seed.ts';
import { hostileSpans, hostileText, hostileTraceId, liveTraceId } from '../seed/traces.ts';
import type { OpenPage } from './open-page.ts';

export function describeTrace(on: () => OpenPage): void {
  describe('a trace', () => {
    it('shows hostile messages as text', async () => {
      const { page, text } = on();
      await page.goto(`/traces/${liveTraceId}`);
      await page
        .getByRole('row', { name: /chat gpt-4o-mini/ })
        .first()
        .click();
      await page.getByRole('heading', { name: /^Input/ }).waitFor();
      await text(/Summarise this page: <img src=x/);
      expect(await page.locator('.span-panel img, .span-panel script').count()).toBe(0);
      expect(await page.title()).toBe('invoke_agent alice: 1 error · Rehearse');
      await text('Cache read');
      await screenshot(page, 'trace-messages');
    });

    it('shows what no emitter should send as text, marked, and breaks nowhere', async () => {
      const { page, product } = on();
      const spans = hostileSpans(Date.now() * 1000);
      await sendSpans(product.url, { 'service.name': hostileText }, spans);
      await product.settled();
      for (const view of ['waterfall', 'graph', 'transcript']) {
        await page.goto(`/traces/${hostileTraceId}?view=${view}`);
        await page.getByRole('complementary', { name: 'Span' }).getByText('Recorded by').waitFor();
        await screenshot(page, `trace-hostile-${view}`);
      }
      await page.goto(`/traces/${hostileTraceId}`);
      await page
        .locator('.span-row')
        .nth(spans.length - 1)
        .waitFor();
      expect(await page.locator('.span-row').count()).toBe(spans.length);
      expect(await page.locator('.span-row').getByText('parent not received').count()).toBeGreaterThan(2);
      await page
        .getByRole('row', { name: /^Collapse|loud x/ })
        .filter({ hasText: 'loud' })
        .click();
      const panel = page.getByRole('complementary', { name: 'Span' });
      await panel.getByText('‹U+202E›evil‹U+001B›[31m').first().waitFor();
      await panel.getByRole('button', { name: /Show all 1,\d+ kB/ }).click();
      await page.goto(`/traces?service=${encodeURIComponent(hostileText)}`);
      await page.locator('tbody tr').first().waitFor();
      await screenshot(page, 'traces-hostile');
      expect(await page.locator('main img, main script').count()).toBe(0);
      expect(await page.title()).toBe('Traces · Rehearse');
    });

    it('draws the agent as a graph, and leads from a step to its span', async () => {
      const { page } = on();
      await page.goto(`/traces/${liveTraceId}`);
      await page.getByRole('button', { name: 'Graph' }).click();
      await page.waitForURL('**/traces/*?view=graph');
      const graph = page.getByRole('region', { name: 'Graph of the agent' });
      await graph.getByRole('button', { name: /fetch_page.*x2.*1 failed/s }).click();
      await page.waitForURL('**/traces/*?view=graph&span=*');
      await page.getByRole('complementary', { name: 'Span' }).getByText('execute_tool fetch_page').waitFor();
      await screenshot(page, 'trace-graph');
      await graph.getByText('As a table').click();
      const passages = await graph.getByRole('row').allInnerTexts();
      expect(passages).toContain('chat gpt-4o-mini\tfetch_page\t2');
      expect(passages).toContain('fetch_page\tchat gpt-4o-mini\t2');
    });

    it('tells what was said as a transcript', async () => {
      const { page } = on();
      await page.goto(`/traces/${liveTraceId}?view=transcript`);
      const transcript = page.getByRole('region', { name: 'Transcript' });
      await transcript.getByText(/Summarise this page: <img src=x/).waitFor();
      expect(await transcript.locator('.turn-from').allInnerTexts()).toEqual([
        'user',
        ...['assistant', 'tool', 'assistant', 'tool', 'assistant', 'tool'],
        'assistant',
      ]);
      await screenshot(page, 'trace-transcript');
    });

    it('is searched: by name and by what was said, from match to match', async () => {
      const { page } = on();
      await page.goto(`/traces/${liveTraceId}`);
      await page.getByRole('treegrid').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('A SHOP.');
      const search = page.getByRole('search');
      // The call that says so, the tool that is told so, and the call after it.
      await search.getByText('3 spans', { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await search.getByText('1 of 3 spans').waitFor();
      expect(await page.locator('.span-row.found').count()).toBe(3);
      await search.getByRole('button', { name: 'Previous' }).click();
      await search.getByText('3 of 3 spans').waitFor();
      expect(new URL(page.url()).searchParams.get('find')).toBe('A SHOP.');
      await search.getByRole('searchbox').fill('fetch_page');
      await search.getByText(/ spans$/).waitFor();
      await screenshot(page, 'trace-search');
    });

    it('shows where the money went', async () => {
      const { page } = on();
      await page.goto(`/traces/${liveTraceId}`);
      await page.getByRole('button', { name: 'Cost', exact: true }).click();
      await page.waitForURL('**?bars=cost');
      const root = page.getByRole('row', { name: /invoke_agent alice/ });
      expect(await root.locator('.span-time').innerText()).toMatch(/^\$0\.\d+ · 100 %$/);
      expect(await page.locator('.bar-cost').count()).toBe(5);
      await screenshot(page, 'trace-cost');
    });

    it('keeps the notes of people on its spans', async () => {
      const { page } = on();
      await page.goto(`/traces/${liveTraceId}`);
      await page.getByRole('row', { name: /execute_tool save_note/ }).click();
      const note = 'Why <b>this</b>?';
      await page.getByLabel('Note on this span').fill(note);
      await page.getByRole('button', { name: 'Pin', exact: true }).click();
      await page.getByRole('row', { name: /save_note.*pinned/ }).waitFor();
      await page.goto(`/traces/${liveTraceId}?view=transcript`);
      const pins = page.getByRole('region', { name: 'Pins' });
      await pins.getByRole('button', { name: note }).click();
      await page.getByRole('button', { name: 'Remove' }).click();
      await pins.waitFor({ state: 'detached' });
      const said = page.getByRole('region', { name: 'Transcript' }).getByRole('listitem');
      await said.nth(3).getByRole('button', { name: 'call 2' }).click();
      await page.getByLabel('Note on this span').fill(note);
      await page.keyboard.press('Enter');
      await said.nth(3).getByText(note).waitFor();
      await screenshot(page, 'trace-pins');
      await page.getByRole('button', { name: 'Remove' }).click();
      await pins.waitFor({ state: 'detached' });
    });

    it('says what the trace waited for', async () => {
      const { page, text } = on();
      await page.goto(`/traces/${liveTraceId}`);
      await text('Waited for');
      expect(await page.locator('.waited-for').innerText()).toMatch(/models\s+90 %\s+tools\s+9 %/);
      expect(await page.locator('.critical').count()).toBeGreaterThan(6);
    });

    it('shows what evaluators said of a span', async () => {
      const { page } = on();
      await page.goto(`/traces/${liveTraceId}`);
      await page.getByRole('row', { name: /invoke_agent alice/ }).click();
      const said = page.getByRole('table', { name: 'What evaluators said, as they sent it' });
      await said.waitFor();
      expect(await said.getByRole('row').nth(1).innerText()).toMatch(
        /Helpful\s+hardly\s+It answers another question <img src=x>\.\s+0\.25/,
      );
      await screenshot(page, 'trace-evaluations');
    });
  });
}
