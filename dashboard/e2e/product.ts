import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { inject } from 'vitest';
import { startCollector } from '../../collector/server.ts';
import { launchBrowser, takePicture } from './browser.ts';

/** The product as a person meets it: the built dashboard, served by a real collector over a real ClickHouse. */
export type Product = {
  url: string;
  /** Where the build lies. */
  dashboardDirectory: string;
  /** A page in a browser of its own, with what its console complained about. */
  open(options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
  /** Resolves when pages show all that was sent. */
  settled(): Promise<void>;
  /** Stops the collector alone: what a page then shows is its error. */
  stopCollector(): Promise<void>;
  close(): Promise<void>;
};

const dashboard = resolve(import.meta.dirname, '..');
const screen = { width: 1440, height: 900 };

/** @param dashboardDirectory where a build lies; by default the one that was made for the tests */
export async function startProduct(dashboardDirectory = inject('dashboardDirectory')): Promise<Product> {
  const directory = await mkdtemp(join(tmpdir(), 'rehearse-e2e-'));
  const collector = await startCollector({
    dataDirectory: join(directory, 'data'),
    port: 0,
    dashboardDirectory,
  });
  const browser = await launchBrowser();
  let collecting = true;
  const stopCollector = async () => {
    if (collecting) await collector.close();
    collecting = false;
  };

  return {
    url: collector.url,
    dashboardDirectory,
    async open(options) {
      const context = await browser.newContext({ viewport: screen, baseURL: collector.url, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      return { page, complaints };
    },
    settled: () => collector.settled(),
    stopCollector,
    async close() {
      await browser.close();
      await stopCollector();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Clicks as a hand does: what is there when the pointer comes may be another thing than before (a point of a chart). */
export async function clickOn(target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const { x, y } = await restingCentre(target);
  const { mouse } = target.page();
  await mouse.move(x, y);
  await drawn(target.page());
  await mouse.click(x, y);
}

/** Where it comes to rest: what stands above it may still be loading. */
async function restingCentre(target: Locator): Promise<{ x: number; y: number }> {
  let before = await target.boundingBox();
  for (;;) {
    await drawn(target.page());
    const box = await target.boundingBox();
    if (box && before && box.x === before.x && box.y === before.y && box.height === before.height)
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    before = box;
  }
}

/** Two frames on: what was told to the page is on it. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** With `PICTURES=1`, keeps a picture of the page under test-results/, which is not committed. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES)
    await takePicture(page, { path: resolve(dashboard, '..', 'test-results', 'dashboard', `${name}.png`) });
}
