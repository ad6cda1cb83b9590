import { describe, expect, it } from 'vitest';
import { clickOn, screenshot } from '../product.ts';
import { failingRunId, greenRunId, runningRunId, settingRuns } from '../seed/runs.ts';
import { sendRun } from '../seed/seed.ts';
import type { OpenPage } from './open-page.ts';

export function describeComparison(on: () => OpenPage): void {
  describe('a comparison', () => {
    const path = `/compare?baseline=${greenRunId}&candidate=${failingRunId}`;

    it('is reached by marking two runs, and says which is better, by how much, and whether it is noise', async () => {
      const { page, text } = on();
      await page.goto('/');
      await page.getByRole('table').waitFor();
      for (const key of ['j', 'j', 'x', 'j', 'j', 'x']) await page.keyboard.press(key);
      await page.getByRole('link', { name: 'Compare the two marked' }).click();
      await page.waitForURL(`**${path}`);
      await text(/passes 20 points less often: more than noise/);
      expect(await page.title()).toBe('Compare: Worse · Rehearse');
      const measures = await page.locator('.measures tbody tr').allInnerTexts();
      expect(measures.map((row) => row.split('\t').at(-2)?.trim())).toEqual([
        'worse',
        ...['worse', 'cannot tell', 'cannot tell', 'cannot tell', 'cannot tell', 'cannot tell'],
      ]);
      await text('What differs: commit 77c0a4e → 0badc0f');
      await text('Left out of the candidate: 1 void trial.');
      await screenshot(page, 'compare');
    });

    it('leads to the trials of both runs side by side, and back', async () => {
      const { page, text } = on();
      await page.goto(path);
      await page.getByRole('link', { name: 'side by side' }).first().click();
      await page.waitForURL(`**/runs/${failingRunId}/scenarios/*?beside=${greenRunId}`);
      await text(/^Candidate 1 .* baseline 1 /);
      await page
        .getByRole('group', { name: /candidate/ })
        .getByRole('button', { name: /^2/ })
        .click();
      await page.getByRole('region', { name: 'Candidate 2' }).waitFor();
      await screenshot(page, 'scenario-beside');
      await page.keyboard.press('Escape');
      await page.waitForURL(`**${path}`);
    });

    it('says that it cannot tell, that a run is not whole, and that nothing is chosen', async () => {
      const { page, text } = on();
      await page.goto(`/compare?baseline=${greenRunId}&candidate=${runningRunId}`);
      await text('Cannot tell');
      await text('The candidate is running: 12 of 30 trials so far.');
      await text('None: each of 4 scenarios passed as often on both sides.');
      await page.getByRole('combobox', { name: 'Compare' }).selectOption('model');
      await text('Choose a baseline and a candidate');
      await page.goto(`/compare?by=model&baseline=gpt-9&candidate=sim/careful`);
      await text(/No run of gpt-9/);
    });

    it('lays the settings of one command side by side, and leads to each pair', async () => {
      const { page, product, text } = on();
      for (const run of settingRuns(Date.now() * 1000)) await sendRun(product.url, run);
      await page.goto('/runs/architectures-5');
      await text('No gate has judged this run');
      await page.getByRole('link', { name: 'Compare the settings' }).click();
      await page.locator('.recharts-errorBar').first().waitFor();
      const agents = await page.locator('tbody th').allInnerTexts();
      expect(agents.map((words) => words.trim())).toEqual([
        'alice-react, 5 tools 0.4.0',
        'alice-react, 20 tools 0.4.0',
      ]);
      await screenshot(page, 'compare-settings');
      await clickOn(page.locator('.recharts-line-dot').nth(1));
      await page.waitForURL('**/runs/architectures-20');
      await page.goBack();
      await page.getByRole('link', { name: 'with number 1' }).click();
      await page.waitForURL('**/compare?baseline=architectures-5&candidate=architectures-20');
      await text('What differs: agent alice-react, 5 tools → alice-react, 20 tools');
    });
  });
}
