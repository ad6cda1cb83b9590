import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { clickOn, screenshot } from '../product.ts';
import { traceIdOf, trialIdOf } from '../seed/ids.ts';
import { failingRunId, runningRunId } from '../seed/runs.ts';
import type { OpenPage } from './open-page.ts';

const firstLoadLimit = 250_000;

/** How many rows a list has. One that was given up for lack of time, as may be on a busy machine, is asked for again. */
async function listed(page: Page): Promise<number> {
  await page.reload();
  await page.locator('tbody tr, .state').first().waitFor();
  return page.locator('tbody tr').count();
}

export function describeRuns(on: () => OpenPage): void {
  describe('the first load', () => {
    it('fetches at most 250 kB of compressed scripts and styles, and no chart library', async () => {
      const { page, product } = on();
      await page.goto('/traces');
      await page.getByRole('table').waitFor();
      const paths = await page.evaluate(() =>
        performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname),
      );
      const assets = paths.filter((path) => /\.(js|css)$/.test(path));
      const sizes = await Promise.all(
        assets.map(async (path) => gzipSync(await readFile(join(product.dashboardDirectory, path))).length),
      );
      expect(assets.length).toBeGreaterThan(1);
      expect(assets.filter((path) => path.includes('chart'))).toEqual([]);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstLoadLimit);
    });
  });

  describe('runs', () => {
    it('shows every run, newest first, with verdict, interval and what it cost', async () => {
      const { page } = on();
      await page.goto('/');
      const rows = page.locator('tbody tr');
      await rows.first().waitFor();
      expect(await rows.count()).toBe(7);
      const verdicts = await page.locator('tbody td:nth-child(2)').allInnerTexts();
      expect(verdicts.map((words) => words.trim())).toEqual([
        'Running 12 of 30',
        'Fail',
        'Inconclusive',
        'Pass',
        'Pass',
        'Pass',
        'Pass',
      ]);
      const failing = await rows.nth(1).innerText();
      expect(failing).toMatch(/79 %\s+62–90 %/);
      expect(failing).toContain('−21 pts');
      expect(failing).toMatch(/sim\/careful\s+simulated/);
      await page.locator('.recharts-errorBar').first().waitFor();
      await screenshot(page, 'runs');
      await clickOn(page.locator('.recharts-line-dot').last());
      await page.waitForURL(`**/runs/${failingRunId}`);
    });

    it('leads by keyboard to a run, and back', async () => {
      const { page, product, text } = on();
      await page.goto('/');
      await page.getByRole('table').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/runs/${failingRunId}`);
      await text('10 scenarios, worst first');
      await page.keyboard.press('Escape');
      await page.waitForURL(`${product.url}/`);
      await page.keyboard.press('g');
      await page.keyboard.press('t');
      await page.waitForURL('**/traces');
    });
  });

  describe('a run', () => {
    it('says why, and puts the worst scenario first', async () => {
      const { page, text } = on();
      await page.goto(`/runs/${failingRunId}`);
      await text('forbidden-effect');
      expect(await page.title()).toBe('Fail: sdr, alice-react · Rehearse');
      const scenarios = page.getByRole('table', { name: /worst first/ });
      expect(await scenarios.locator('tbody tr').first().innerText()).toContain('sdr/timeout-after-send');
      expect(await page.locator('.dots a').count()).toBe(30);
      await screenshot(page, 'run');
      await page.getByRole('link', { name: 'Trial 2: Failed: did what is forbidden' }).click();
      await page.waitForURL(`**/trials/${trialIdOf(failingRunId, 'sdr/opt-out', 1)}`);
    });

    it('shows what its verdict rests on, and what could have been seen', async () => {
      const { page } = on();
      await page.goto(`/runs/${failingRunId}`);
      const evidence = page.getByRole('region', { name: 'Evidence' });
      await evidence.getByText(/A drop of \d+ points would have been seen with a chance of 80 %/).waitFor();
      await evidence.getByText(/1 of 30 trials void \(infrastructure 1\)/).waitFor();
      await evidence.getByRole('link', { name: 'sdr/timeout-after-send' }).first().waitFor();
      await evidence.getByText('0 of 9 played').first().waitFor();
      await evidence.scrollIntoViewIfNeeded();
      await screenshot(page, 'run-evidence');
    });

    it('fills in while it runs', async () => {
      const { page, text } = on();
      await page.goto(`/runs/${runningRunId}`);
      await text('12 of 30 trials, running');
      await screenshot(page, 'run-running');
    });

    it('leads to its traces', async () => {
      const { page } = on();
      await page.goto(`/runs/${failingRunId}`);
      await page.getByRole('link', { name: 'Traces of this run' }).click();
      await page.waitForURL('**/traces?*');
      await expect.poll(() => listed(page)).toBe(30);
    });
  });

  describe('a scenario', () => {
    const path = `/runs/${failingRunId}/scenarios/${encodeURIComponent('sdr/opt-out')}`;

    it('lays trials side by side, and says where they part', async () => {
      const { page, text } = on();
      await page.goto(`/runs/${failingRunId}`);
      await page.getByRole('link', { name: 'A lead asks to be left alone', exact: true }).click();
      await page.waitForURL(`**${path}`);
      await page.getByRole('heading', { name: 'Calls, and where they part' }).waitFor();
      const headings = await page.locator('.side-by-side h2').allInnerTexts();
      expect(headings.map((heading) => heading.replace(/\s+/g, ' '))).toEqual([
        'Trial 1 Passed',
        'Trial 2 Failed: did what is forbidden',
      ]);
      await text(/^Trial 2 (asks for another thing|gets another answer|parts from trial 1)/);
      expect(await page.locator('.call-columns .parting').count()).toBe(1);
      await screenshot(page, 'scenario');
    });

    it('keeps the chosen trials in the address', async () => {
      const { page } = on();
      await page.goto(path);
      await page.getByRole('button', { name: /^3/ }).click();
      await page.waitForURL('**?trials=*');
      expect(new URL(page.url()).searchParams.get('trials')).toBe('1,2,3');
      await page.reload();
      await page.getByRole('region', { name: 'Trial 3' }).waitFor();
    });

    it('says so where the run has no such scenario', async () => {
      const { page, text } = on();
      await page.goto(`/runs/${failingRunId}/scenarios/nothing`);
      await text(/has no trial of nothing/);
    });
  });

  describe('a trial', () => {
    const doubleSend = trialIdOf(failingRunId, 'sdr/timeout-after-send', 0);
    const doubleSendTrace = traceIdOf(failingRunId, 'sdr/timeout-after-send', 0);
    const forbidden = trialIdOf(failingRunId, 'sdr/opt-out', 1);

    it('shows what was expected beside what was done', async () => {
      const { page, text } = on();
      await page.goto(`/trials/${doubleSend}`);
      await text('Failed: did harm');
      const heads = await page.locator('.ledger-head').allInnerTexts();
      expect(heads.map((head) => head.replace(/\s+/g, ' ').trim())).toEqual([
        'done again insert mail.outbox msg_2 by call 4, messages.send',
        'as expected insert calendar.events evt_1 by call 2, events.create',
        'as expected insert mail.outbox msg_1 by call 3, messages.send',
      ]);
      await text('timeout-after-commit');
      await screenshot(page, 'trial-double-send');
    });

    it('shows wrong columns, the forbidden effect and the unknown host, and runs none of the text', async () => {
      const { page, text } = on();
      await page.goto(`/trials/${forbidden}`);
      await text('Nobody who opted out may be written to again.');
      const ledger = await page.locator('.ledger').innerText();
      expect(ledger).toMatch(/score\s+unchanged\s+40 → 0/);
      expect(ledger).toContain('unknown host, blocked egress tracker.example');
      await text('<script>document.title="owned"</script>');
      expect(await page.title()).toBe(
        'Failed: did what is forbidden: A lead asks to be left alone · Rehearse',
      );
      await screenshot(page, 'trial-forbidden');
    });

    it('opens its trace with one click', async () => {
      const { page } = on();
      await page.goto(`/trials/${doubleSend}`);
      await page.getByRole('link', { name: 'Open trace' }).click();
      await page.waitForURL(`**/traces/${doubleSendTrace}`);
      await page.getByRole('treegrid').waitFor();
      const kinds = await page.locator('.span-row td:nth-child(2)').allInnerTexts();
      expect(kinds).toEqual(['agent', 'llm', 'tool', 'llm', 'tool', 'llm', 'tool', 'llm', 'tool', 'llm']);
    });

    it('leads from an effect to the span that did it', async () => {
      const { page } = on();
      await page.goto(`/trials/${doubleSend}`);
      await page.getByRole('link', { name: 'call 3, messages.send' }).click();
      await page.waitForURL('**/traces/*?span=*');
      await page.locator('.span-row[aria-selected="true"]').waitFor();
      expect(await page.locator('.span-row[aria-selected="true"]').innerText()).toContain(
        'mail_messages_send',
      );
      const panel = page.getByRole('complementary', { name: 'Span' });
      await panel.getByText('mail answered 504').first().waitFor();
      await panel.getByText('"body": "See you on Tuesday at 10."').waitFor();
      await screenshot(page, 'trace-from-effect');
    });
  });
}
