import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Product, screenshot, startProduct } from './product.ts';
import { sendSpans } from './seed/seed.ts';
import { largeSpans, largeTraceId, largeTraceSpans } from './seed/traces.ts';

const mostMounted = 60;

let product: Product;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  product = await startProduct();
  await sendSpans(product.url, { 'service.name': 'crawler' }, largeSpans(Date.now() * 1000 - 600e6));
  await product.settled();
});
afterAll(() => product?.close());
beforeEach(async () => {
  ({ page, complaints } = await product.open());
  await page.goto(`/traces/${largeTraceId}`);
  await page.locator('.span-row').first().waitFor();
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

const selected = () => page.locator('.span-row[aria-selected="true"] .span-label').innerText();
const mounted = () => page.locator('.span-row').count();

it('mounts a screenful of rows wherever it is scrolled', async () => {
  const grid = page.getByRole('treegrid');
  const rows = Number(await grid.getAttribute('aria-rowcount'));
  expect(rows).toBeLessThanOrEqual(largeTraceSpans + 1);
  expect(rows).toBeGreaterThan(mostMounted);
  for (const share of [0, 0.3, 0.7, 1]) {
    await page.locator('.waterfall').evaluate((element, at) => {
      element.scrollTop = element.scrollHeight * at;
    }, share);
    await page.locator('.span-row').first().waitFor();
    expect(await mounted()).toBeLessThanOrEqual(mostMounted);
  }
  await screenshot(page, 'trace-large');
});

it('is walked with the keyboard', async () => {
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

it('opens and closes a span with the mouse', async () => {
  const group = page.getByRole('row', { name: /invoke_agent reader-1 / });
  expect(await group.getAttribute('aria-expanded')).toBe('true');
  await group.getByRole('button', { name: 'Collapse' }).click();
  expect(await group.getAttribute('aria-expanded')).toBe('false');
  await page.getByText('execute_tool read_2', { exact: true }).waitFor({ state: 'detached' });
});
