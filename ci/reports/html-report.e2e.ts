import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRules, violationsOn } from '../../dashboard/e2e/axe.ts';
import { launchBrowser, type TestBrowser, takePicture } from '../../dashboard/e2e/browser.ts';
import { htmlReport } from './html-report.ts';
import { HOSTILE, sampleReport } from './sample-report.ts';

const pictures = resolve(import.meta.dirname, '../../test-results/report');
let directory: string;
let browser: TestBrowser;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-report-'));
  await writeFile(join(directory, 'report.html'), htmlReport(sampleReport()));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(directory, { recursive: true, force: true });
});

/** The report as somebody opens it from a disk, with all that it asked for and complained about. */
async function open(options: Parameters<TestBrowser['newContext']>[0]) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => requests.push(request.url()));
  const url = pathToFileURL(join(directory, 'report.html')).href;
  await page.goto(url);
  return { page, complaints, requests: requests.filter((one) => one !== url) };
}

describe.each(['light', 'dark'] as const)('the report in the %s theme', (colorScheme) => {
  let page: Page;
  let opened: Awaited<ReturnType<typeof open>>;

  beforeAll(async () => {
    opened = await open({ colorScheme, viewport: { width: 1440, height: 900 } });
    page = opened.page;
  });
  afterAll(() => page.context().close());

  it('opens from a disk, asks for nothing and complains of nothing', async () => {
    expect(await page.title()).toMatch(/^Fail: 11 of 15 .* sdr, alice-react$/);
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(colour).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(15, 18, 22)');
    expect(opened.complaints).toEqual([]);
    expect(opened.requests).toEqual([]);
    await takePicture(page, { path: join(pictures, `report-${colorScheme}.png`), fullPage: true });
  });

  it('shows what an agent wrote as text', async () => {
    const said = await page.locator('.turns li').nth(1).textContent();
    expect(said).toBe(`agent ${HOSTILE.replace('\u202e', '\ufffd').replace('\u001b', '\ufffd')}`);
    expect(await page.locator('script, article b, article i').count()).toBe(0);
  });

  it('leads from a trial of the table to its ledger', async () => {
    await page.locator('.strip a').first().click();
    const target = page.locator('article:target');
    expect(await target.locator('h3').textContent()).toMatch(
      /sdr\/opt-out #1\s+Failed: did what is forbidden/,
    );
    expect(await target.locator('.ledger').textContent()).toMatch(
      /dana@acme\.example[\s\S]*dan@acme\.example/,
    );
  });

  it('has nothing that axe finds', async () => {
    expect(await violationsOn(page, allRules)).toEqual([]);
  });
});

it('does not scroll sideways as a whole on a small screen', async () => {
  const { page } = await open({ viewport: { width: 360, height: 640 } });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await takePicture(page, { path: join(pictures, 'report-small.png') });
  await page.context().close();
});
