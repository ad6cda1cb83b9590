import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRules, colourRules, violationsOn } from './axe.ts';
import { type Product, screenshot, startProduct } from './product.ts';
import { trialIdOf } from './seed/ids.ts';
import { failingRunId, greenRunId, runningRunId, settingRuns, settingsGroup } from './seed/runs.ts';
import { send, sendFewTraces, sendRun, sendRuns } from './seed/seed.ts';
import { liveTraceId, orphanTraceId } from './seed/traces.ts';

const wide = { width: 1440, height: 900 };
/** What is left of 1440 by 2560 at 400 %. */
const zoomed = { width: 360, height: 640 };

let product: Product;
let page: Page;

beforeAll(async () => {
  const now = Date.now() * 1000;
  product = await startProduct();
  await sendRuns(product.url, now);
  for (const run of settingRuns(now)) await sendRun(product.url, run);
  await sendFewTraces(product.url, now);
  await product.settled();
  ({ page } = await product.open());
});
afterAll(() => product?.close());

const pages = [
  ['runs', '/', 'table'],
  ['run', `/runs/${failingRunId}`, 'table'],
  ['run-running', `/runs/${runningRunId}`, 'table'],
  ['scenario', `/runs/${failingRunId}/scenarios/${encodeURIComponent('sdr/opt-out')}`, '.call-columns'],
  ['compare', `/compare?baseline=${greenRunId}&candidate=${failingRunId}`, '.measures'],
  ['compare-settings', `/compare?group=${settingsGroup}`, 'table'],
  ['trial', `/trials/${trialIdOf(failingRunId, 'sdr/opt-out', 1)}`, '.ledger'],
  ['trial-void', `/trials/${trialIdOf(failingRunId, 'sdr/book-demo', 1)}`, '.ledger'],
  ['traces', '/traces', 'table'],
  ['traces-filtered-to-nothing', '/traces?service=nobody', '.state'],
  ['trace', `/traces/${liveTraceId}`, '.span-panel details'],
  ['trace-graph', `/traces/${liveTraceId}?view=graph`, '.graph-node'],
  ['trace-transcript', `/traces/${liveTraceId}?view=transcript`, '.turns'],
  ['trace-orphan', `/traces/${orphanTraceId}`, '.span-panel details'],
  ['live', '/live', 'table'],
  ['alerts', '/alerts', '.state'],
  ['sql', `/sql?q=${encodeURIComponent('SELECT trace_id, name, duration_ms FROM spans')}`, '.sql-rows td'],
  ['sql-error', '/sql?q=SELECT+modell+FROM+spans', '.sql-error'],
  ['not-found', '/nowhere', '.state'],
] as const;

/** How far page and content reach beyond what is seen of them. */
function sideways(): Promise<{ page: number; main: number }> {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    return {
      page: document.documentElement.scrollWidth - innerWidth,
      main: main ? main.scrollWidth - main.clientWidth : 0,
    };
  });
}

it.each(pages)('%s: axe finds nothing in either theme, nor is it too wide', async (name, path, ready) => {
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(path);
  await page.locator(ready).first().waitFor();
  expect(await violationsOn(page, allRules)).toEqual([]);
  await screenshot(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violationsOn(page, colourRules)).toEqual([]);
  await screenshot(page, `${name}-dark`);
  await page.setViewportSize(zoomed);
  await expect.poll(sideways).toEqual({ page: 0, main: 0 });
});

it('axe finds nothing on what opens over a page', async () => {
  await page.setViewportSize(wide);
  await page.goto('/traces');
  await page.locator('table').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option').nth(9).waitFor();
  await screenshot(page, 'palette');
  expect(await violationsOn(page, allRules)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByText('No view is saved yet.').waitFor();
  expect(await violationsOn(page, allRules)).toEqual([]);
});

it('a chart whose script does not come says so, has nothing that axe finds, and comes when asked again', async () => {
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.route(/chart[^/]*\.js$/, (route) => route.abort());
  await page.goto('/');
  await page.getByRole('alert').getByText('The chart could not be loaded').waitFor();
  expect(await page.getByRole('row').count()).toBeGreaterThan(1);
  expect(await violationsOn(page, allRules)).toEqual([]);
  await screenshot(page, 'chart-away-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violationsOn(page, colourRules)).toEqual([]);
  await screenshot(page, 'chart-away-dark');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.locator('.recharts-surface').first().waitFor();
});

/** The last: from here on the collector asks everybody who comes. */
describe('a collector that asks who comes', () => {
  const person = { email: 'ann@example.com', password: 'correct horse battery' };
  beforeAll(async () => {
    await send(product.url, '/api/projects/second', 'PUT', {});
    await send(product.url, `/api/people/${person.email}`, 'PUT', {
      role: 'admin',
      password: person.password,
    });
  });

  it('says in plain words that it does not let one in, and lets in who is known', async () => {
    await page.setViewportSize(zoomed);
    await page.goto('/metrics');
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password').fill('a wrong one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Type both again').waitFor();
    expect(await violationsOn(page, allRules)).toEqual([]);
    await screenshot(page, 'sign-in');
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const bar = page.getByRole('banner');
    await bar.getByLabel('Project').waitFor();
    const links = bar.getByRole('navigation').getByRole('link');
    expect(await links.allInnerTexts()).toEqual(['Runs', 'Traces', 'Live', 'Metrics', 'SQL']);
    for (const link of await links.all()) {
      const { x, width } = (await link.boundingBox()) ?? { x: -1, width: 0 };
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(360);
    }
    const nav = bar.getByRole('navigation');
    expect(await nav.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await violationsOn(page, allRules)).toEqual([]);
    await screenshot(page, 'signed-in');
    await bar.getByRole('link', { name: 'Audit log' }).click();
    const log = page.getByRole('table', { name: 'What was done, latest first' });
    await log.waitFor();
    expect(await log.locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/ann@example\.com\s+sign-in\s.*\s200$/s),
      expect.stringMatching(/ann@example\.com\s+sign-in\s.*\s403$/s),
      expect.stringMatching(/PUT \/api\/people\/:email\s+ann@example\.com admin all projects\s+200$/),
      expect.stringMatching(/PUT \/api\/projects\/:project\s+\/api\/projects\/second\s+200$/),
    ]);
    expect(await violationsOn(page, allRules)).toEqual([]);
    await expect.poll(sideways).toEqual({ page: 0, main: 0 });
    await screenshot(page, 'audit');
    await page.locator('[data-filter]').selectOption('1h');
    await page.waitForURL('**/audit?range=1h');
    await bar.getByLabel('Project').selectOption('second');
    await page.getByText('No runs yet').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.getByText('Nothing is written down yet').waitFor();
    await bar.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Rehearse' }).waitFor();
  });
});
