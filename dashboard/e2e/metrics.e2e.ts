import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seedCampaign } from '../../cli/seed.ts';
import { allRules, colourRules, violationsOn } from './axe.ts';
import { clickOn, type Product, screenshot, startProduct } from './product.ts';
import { send } from './seed/seed.ts';

const day = 86_400_000;
const seeded = { days: 14, leads: 12, seed: 'e2e', now: Date.now(), signal: new AbortController().signal };
/** A small one; also what is left of 1440 by 2560 at 400 %. */
const phone = { width: 360, height: 640 };
const hostile = '<img src=x onerror=alert(1)>\u202e"\u0007 =1+1';

let product: Product;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  product = await startProduct();
  ({ page, complaints } = await product.open({ acceptDownloads: true }));
});
afterAll(() => product?.close());
afterEach(() => expect(complaints.splice(0)).toEqual([]));

const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString();
const tell = async (outcomes: object[]) => {
  await send(product.url, '/v1/outcomes', 'POST', outcomes);
  await product.settled();
};
const figure = (name: string | RegExp) => page.locator('.figure', { hasText: name }).first();
/** The page's figures: names, values and notes. */
const figures = async () => {
  await page.getByRole('heading', { name: 'Wasted' }).waitFor();
  return page.locator('.figures').innerText();
};
const exported = async (name: string): Promise<string> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
};

describe('a store without outcomes', () => {
  it('says how to tell of a first one', async () => {
    await page.goto('/traces');
    await page.getByText('No traces yet').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.getByText('No outcomes yet in this range').waitFor();
    expect(await page.locator('pre').innerText()).toContain(`curl ${product.url}/v1/outcomes`);
    await screenshot(page, 'metrics-empty');
  });
});

describe('the figures that are known of the first Alice', () => {
  it('show 0.7 % a message and 1.05 % a lead, with intervals, beside the human line', async () => {
    const known = { campaign: 'alice', occurredAt: daysAgo(60) };
    await tell([
      { ...known, id: 'alice:sent', type: 'sent', count: 3_000_000, subjects: 2_000_000 },
      { ...known, id: 'alice:replied', type: 'replied', count: 21_000, subjects: 21_000 },
    ]);
    await page.goto('/metrics?range=90d&campaign=alice');
    await page.getByText('Of 3,000,000 messages sent at least 7 days ago, 21,000 were answered').waitFor();
    expect(await figure('Replies per sent message').innerText()).toMatch(
      /0\.7 %\s+21,000 of 3,000,000\s+95 %: 0\.69–0\.71 %/,
    );
    expect(await figure('Replied leads per contacted lead').innerText()).toMatch(
      /1\.05 %\s+21,000 of 2,000,000\s+95 %: 1\.04–1\.06 %/,
    );
    await page.getByText('human 2 %').waitFor();
    await page.getByText('3,000,000 of 3,000,000 messages come as aggregates').waitFor();
    await screenshot(page, 'metrics-aggregates');
    await page.getByLabel('Rate per').selectOption('lead');
    await page.getByText('Of 2,000,000 leads first contacted at least 7 days ago, 21,000 answered').waitFor();
  });
});

describe('a simulated campaign', () => {
  const address = '/metrics?campaign=simulated+campaign&by=agentVersion';
  beforeAll(async () => {
    await seedCampaign(product.url, seeded);
    await product.settled();
  });

  it('shows totals that are the sums of the exported rows, also when every batch is sent twice', async () => {
    await page.goto(address);
    const before = await figures();
    const rows = (await exported('rates CSV'))
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    const [header = [], ...cohorts] = rows;
    const sum = (name: string, maturing: string) =>
      cohorts
        .filter((cells) => cells[header.indexOf('maturing')] === maturing)
        .reduce((total, cells) => total + Number(cells[header.indexOf(name)]), 0);
    const sent = sum('sent', 'false');
    expect(sent).toBeGreaterThan(50);
    expect(before).toContain(`of ${sum('delivered', 'false')}`);
    expect(before).toContain(`${sum('deliveredReplied', 'false')} of ${sum('delivered', 'false')}`);
    expect(before).toContain(`${sum('repliedLeads', 'false')} of ${sum('contactedLeads', 'false')}`);
    expect(before).toMatch(new RegExp(`Still maturing\\s+${sum('sent', 'true')}\\s`));
    const json = JSON.parse(await exported('costs JSON')) as {
      costs: { rows: { cost: number }[]; points: { cost: number }[] };
    };
    const total = (list: { cost: number }[]) => list.reduce((all, { cost }) => all + cost, 0);
    expect(total(json.costs.rows)).toBe(total(json.costs.points));
    expect(total(json.costs.rows)).toBeGreaterThan(0);

    await seedCampaign(product.url, seeded);
    await product.settled();
    await page.reload();
    expect(await figures()).toBe(before);
    await screenshot(page, 'metrics');
  });

  it('leads from a figure to its messages and on to their traces, by keyboard', async () => {
    await page.goto(address);
    await page.getByRole('link', { name: 'Replied', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/show=replied/);
    const list = page.getByRole('region', { name: 'Messages behind the figure' });
    await list.getByRole('table').waitFor();
    await screenshot(page, 'metrics-messages');
    await list.locator('tbody a').first().click();
    await page.getByRole('heading', { name: /invoke_agent alice/, level: 1 }).waitFor();
    await page.goBack();
    await list.getByRole('link', { name: 'Close the list' }).click();
    await list.waitFor({ state: 'detached' });
  });

  it('leads from each point of each chart to the messages behind it', async () => {
    await page.goto(address);
    await page.getByRole('heading', { name: 'Wasted' }).waitFor();
    const chart = (caption: RegExp) => page.getByRole('figure', { name: caption });
    const list = page.getByRole('region', { name: 'Messages behind the figure' });
    const surface = (of: RegExp) => chart(of).locator('.recharts-surface').first();
    // A chart that comes moves what is below it.
    for (const of of [/^Replies per/, /^Share of/, /^Cost per reply/]) await surface(of).waitFor();
    await clickOn(surface(/^Replies per/));
    await list.getByRole('heading', { name: /^Messages, sent on \d+ \w+$/ }).waitFor();
    const point = chart(/^Replies per/)
      .locator('.recharts-line-dot')
      .first();
    const ofOneLine = list.getByRole('heading', { name: /^Messages, sent on \d+ \w+, alice-react 1\.4$/ });
    // The point under the pointer is drawn anew, to be clicked, when the chart has seen the pointer.
    const picked = async () => {
      await clickOn(point);
      return ofOneLine.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(picked).toBe(true);
    await clickOn(surface(/^Share of/));
    await list.getByRole('heading', { name: /^Messages answered within \d+ days of sending$/ }).waitFor();
    expect(await list.locator('tbody tr').allInnerTexts()).not.toContainEqual(
      expect.not.stringMatching(/repl|meeting/),
    );
    await clickOn(
      chart(/^Cost per reply/)
        .locator('.recharts-bar-rectangle')
        .first(),
    );
    await list.getByRole('heading', { name: /^Messages, sent on \d+ \w+$/ }).waitFor();
    await list.locator('tbody a').first().waitFor();
  });

  it('is filtered to nothing, and back', async () => {
    await page.goto('/metrics?campaign=nobody');
    await page.getByText('No results: no message in this range matches these filters').waitFor();
    await page.getByRole('link', { name: 'Clear the filters' }).click();
    await page.locator('.figures').waitFor();
  });

  it('compares versions, has its charts as tables, and nothing that axe finds or that is too wide', async () => {
    await page.goto(`${address}&show=replied`);
    await page.getByRole('heading', { name: 'Wasted' }).waitFor();
    await page.locator('.recharts-line').first().waitFor();
    const versions = page.getByRole('table', { name: /^Compared with/ });
    expect((await versions.locator('tbody th').allInnerTexts()).toSorted()).toEqual([
      'alice-react 1.4',
      'alice-team 2.0',
    ]);
    expect(await versions.innerText()).toMatch(/pts (better|worse|unsure)/);
    await page.locator('.legend').getByText('alice-team 2.0').waitFor();
    const summaries = await page.getByText('Show as a table').all();
    expect(summaries.length).toBeGreaterThan(0);
    for (const summary of summaries) {
      await summary.click();
      const table = summary.locator('xpath=..').getByRole('table');
      expect(await table.locator('tbody th a').count()).toBeGreaterThan(0);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await violationsOn(page, allRules)).toEqual([]);
    await screenshot(page, 'metrics-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOn(page, colourRules)).toEqual([]);
    await screenshot(page, 'metrics-dark');
    await page.setViewportSize(phone);
    const sideways = () =>
      page.evaluate(() => {
        const main = document.querySelector('main');
        return main ? main.scrollWidth - main.clientWidth : 0;
      });
    await expect.poll(sideways).toBe(0);
  });
});

describe('hostile text', () => {
  it('is shown as text in every field', async () => {
    const told = {
      channel: hostile,
      campaign: hostile,
      agentVersion: hostile,
      architecture: hostile,
      model: hostile,
    };
    await tell([
      { ...told, id: hostile, type: 'sent', messageId: hostile, subject: hostile, occurredAt: daysAgo(20) },
      { id: `${hostile}:r`, type: 'replied', messageId: hostile, occurredAt: daysAgo(19) },
    ]);
    for (const by of ['agentVersion', 'architecture', 'model', 'channel', 'campaign']) {
      const query = new URLSearchParams({ by, campaign: hostile, show: 'sent', value: hostile });
      await page.goto(`/metrics?${query}`);
      await page.getByRole('region', { name: 'Messages behind the figure' }).getByRole('table').waitFor();
      expect(await page.getByText('<img src=x onerror=alert(1)>').count()).toBeGreaterThan(2);
      expect(await page.locator('img').count()).toBe(0);
    }
  });
});

describe('on a phone', () => {
  it('the first figure stands on the first screen, and the filters behind one line that tells what is chosen', async () => {
    await page.setViewportSize(phone);
    await page.goto('/metrics?by=model&channel=email');
    await page.locator('.figures').waitFor();
    const value = await page.locator('.figure-value').first().boundingBox();
    expect(value && value.y + value.height).toBeLessThan(phone.height);
    expect(await page.getByLabel('Rate per').isVisible()).toBe(false);
    await page.getByText('More filters, by model, email').click();
    await page.getByLabel('Rate per').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('More filters, by model', { exact: true }).waitFor();
  });
});

describe('a collector that is gone', () => {
  it('is an error in the place of the figures, with a way to retry', async () => {
    await product.stopCollector();
    await page.locator('[data-filter]').selectOption('7d');
    await page.getByRole('alert').getByText('COLLECTOR_UNREACHABLE').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Retry' }).waitFor();
    complaints.length = 0;
  });
});
