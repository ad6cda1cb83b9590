import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Product, screenshot, startProduct } from './product.ts';
import { traceIdOf } from './seed/ids.ts';
import { sendSpans } from './seed/seed.ts';
import { crawlerSpans } from './seed/traces.ts';

const mostMounted = 60;
const large = { traceId: traceIdOf('large'), count: 50_000 };
/** What keys and pointer do is no other thing in a larger one. */
const longish = { traceId: traceIdOf('longish'), count: 1000 };

let product: Product;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  product = await startProduct();
  const start = Date.now() * 1000 - 600e6;
  for (const trace of [large, longish]) {
    await sendSpans(product.url, { 'service.name': 'crawler' }, crawlerSpans(trace, start));
  }
  await product.settled();
  ({ page, complaints } = await product.open());
});
afterAll(() => product?.close());
afterEach(() => expect(complaints.splice(0)).toEqual([]));

async function openTrace({ traceId }: { traceId: string }): Promise<void> {
  await page.goto(`/traces/${traceId}`);
  await page.locator('.span-row').first().waitFor();
}
const selected = () => page.locator('.span-row[aria-selected="true"] .span-label').innerText();
const mounted = () => page.locator('.span-row').count();

it('mounts a screenful of rows wherever it is scrolled', async () => {
  await openTrace(large);
  const grid = page.getByRole('treegrid');
  const rows = Number(await grid.getAttribute('aria-rowcount'));
  expect(rows).toBeLessThanOrEqual(large.count + 1);
  expect(rows).toBeGreaterThan(mostMounted);
  for (const share of [0, 0.3, 0.7, 1]) {
    await page.locator('.waterfall').evaluate((element, at) => {
      element.scrollTop = element.scrollHeight * at;
    }, share);
    await page.locator('.span-row').first().waitFor();
    expect(await mounted()).toBeLessThanOrEqual(mostMounted);
    expect(await page.locator('.waterfall *').count()).toBeLessThanOrEqual(mostMounted * 30);
  }
  await screenshot(page, 'trace-large');
});

it('is walked with the keyboard', async () => {
  await openTrace(longish);
  await page.locator('.span-row').first().focus();
  await page.keyboard.press('ArrowDown');
  expect(await selected()).toBe('invoke_agent reader-1');
  await page.keyboard.press('ArrowRight');
  expect(await selected()).toBe('execute_tool read_2');
  await page.keyboard.press('h');
  expect(await selected()).toBe('invoke_agent reader-1');
  await page.keyboard.press('h');
  await page.keyboard.press('ArrowDown');
  expect(await selected()).toBe('invoke_agent reader-11');
  await page.keyboard.press('[');
  expect(await mounted()).toBe(1);
  await page.keyboard.press(']');
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-selected') === 'true');
  expect(await mounted()).toBeLessThanOrEqual(mostMounted);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-span'))).toBe(
    new URL(page.url()).searchParams.get('span'),
  );
});

it('comes closer to the selected span and back, by key and by hand', async () => {
  await openTrace(longish);
  const axis = () => page.locator('.waterfall-axis').innerText();
  const whole = await axis();
  await page.locator('.span-row').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('f');
  expect(await axis()).not.toBe(whole);
  await screenshot(page, 'trace-zoomed');
  await page.keyboard.press('0');
  expect(await axis()).toBe(whole);
  await page.keyboard.press('w');
  await page.keyboard.press('d');
  expect(await axis()).not.toBe(whole);
  await page.locator('.minimap').click();
  expect(await axis()).toBe(whole);
  const { x, y, width } = (await page.locator('.minimap').boundingBox()) ?? { x: 0, y: 0, width: 0 };
  await page.mouse.move(x + width * 0.25, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + 10, { steps: 3 });
  await page.mouse.up();
  expect(await axis()).not.toBe(whole);
  const view = await page.locator('.minimap-view').evaluate((element) => element.getAttribute('style'));
  expect(view).toMatch(/left: 2[45]\.?\d*%; width: 2[45]\.?\d*%/);
});

it('opens and closes a span with the mouse', async () => {
  await openTrace(longish);
  const group = page.getByRole('row', { name: /invoke_agent reader-1 / });
  expect(await group.getAttribute('aria-expanded')).toBe('true');
  await group.getByRole('button', { name: 'Collapse' }).click();
  expect(await group.getAttribute('aria-expanded')).toBe('false');
  await page.getByText('execute_tool read_2', { exact: true }).waitFor({ state: 'detached' });
});
