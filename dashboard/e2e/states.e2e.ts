import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, screenshot, startProduct } from './product.ts';
import { traceIdOf, trialIdOf } from './seed/ids.ts';
import { seededRuns } from './seed/runs.ts';
import { bookDemo } from './seed/scenarios.ts';
import { send } from './seed/seed.ts';
import { passedTrial } from './seed/trials.ts';

const brokenEffect = {
  operation: 'insert',
  table: 'mail.outbox',
  columns: { to: { is: 'pattern', source: '(' } },
} as const;

/** At least what a page waits before it asks again whether all shards answer. */
const pollMillis = 10_000;

let product: Product;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  product = await startProduct();
  ({ page, complaints } = await product.open({ permissions: ['clipboard-read', 'clipboard-write'] }));
});
afterAll(() => product?.close());
beforeEach(() => {
  complaints.length = 0;
});
afterEach(() => page.unrouteAll());

describe('a store of which a shard does not answer', () => {
  it('says on a page that a part may be missing, and no more once it is back', async () => {
    const [up, down] = [
      { name: 'one:8123', clickhouse: 'up' },
      { name: 'two:8123', clickhouse: 'down' },
    ];
    await page.clock.install();
    await page.route('**/healthz', (route) => route.fulfill({ json: { shards: [up, down] } }));
    await page.goto('/traces');
    await page.getByText('the shard two:8123 does not answer').waitFor();
    await screenshot(page, 'shard-away');
    await page.unroute('**/healthz');
    await page.clock.fastForward(pollMillis);
    await page.getByText('two:8123').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});

describe('a store with nothing in it', () => {
  it('says how to send a first trace, ready to copy', async () => {
    await page.goto('/traces');
    await page.getByText('No traces yet').waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      [
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${product.url}`,
        'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
        'export OTEL_SERVICE_NAME=my-agent',
      ].join('\n'),
    );
    await screenshot(page, 'traces-empty');
    expect(complaints).toEqual([]);
  });

  it('says that no agent is at work', async () => {
    await page.goto('/live');
    await page.getByText('No agent has sent anything').waitFor();
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says how to start a first run', async () => {
    await page.goto('/');
    await page.getByText('No runs yet').waitFor();
    await page.getByText('npm run rehearse').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('the theme', () => {
  it('follows the system, changes with T, and is kept', async () => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = 'rgb(255, 255, 255)';
    const dark = 'rgb(15, 18, 22)';
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/nowhere');
    await page.getByText('There is no page at /nowhere').waitFor();
    expect(await background()).toBe(dark);
    await page.keyboard.press('Shift+T');
    expect(await background()).toBe(light);
    await page.reload();
    await page.getByText('There is no page at /nowhere').waitFor();
    expect(await background()).toBe(light);
    await page.evaluate(() => localStorage.clear());
    await page.emulateMedia({ colorScheme: null });
  });
});

describe('the keys', () => {
  it('are listed by ?, and can be switched off', async () => {
    await page.goto('/alerts');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await screenshot(page, 'keys');
    await page.getByLabel('Keys are on').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.keyboard.press('?');
    expect(page.url()).toBe(`${product.url}/alerts`);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByLabel('Keys are on').check();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL(`${product.url}/`);
  });
});

describe('the palette', () => {
  it('goes where it is told, does what the keys do, and closes with Escape', async () => {
    await page.goto('/traces');
    await page.getByText('No traces yet').waitFor();
    await page.getByLabel('Text').focus();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Go to' });
    await field.waitFor();
    await page.keyboard.type('go metr');
    await page.getByRole('option', { name: 'Go to metrics', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/metrics');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('nothing at all');
    await page.getByText('Nothing has such a name.').waitFor();
    await field.fill('ab'.repeat(16));
    await page.getByRole('option', { name: /trace$/ }).click();
    await page.waitForURL(`**/traces/${'ab'.repeat(16)}`);
    await page.keyboard.press('Control+k');
    await field.waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await page.getByRole('option', { selected: true }).innerText()).toMatch(/Light or dark/);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('what is not there', () => {
  it.each([
    ['a trace', `/traces/${traceIdOf('nowhere')}`, 'TRACE_NOT_FOUND'],
    ['a trial', `/trials/${trialIdOf('nowhere')}`, 'TRIAL_NOT_FOUND'],
    ['a run', '/runs/nowhere', 'RUN_NOT_FOUND'],
    ['a run to compare', '/compare?baseline=nowhere&candidate=nobody', 'RUN_NOT_FOUND'],
    ['an id that is none', '/traces/xyz', 'BAD_REQUEST'],
  ])('%s is an error with its code, in its place', async (_, path, code) => {
    await page.goto(path);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain(code);
    await alert.getByRole('button', { name: 'Retry' }).waitFor();
  });

  it('a page that fails on what was stored says so, and the way out works', async () => {
    const runId = 'sdr-broken';
    const broken = { ...bookDemo, expect: { ...bookDemo.expect, effects: [brokenEffect] } };
    const run = { ...seededRuns(Date.now() * 1000).at(-1)?.run, id: runId };
    const trials = [passedTrial({ runId, index: 0, start: Date.now() * 1000 }, broken)];
    await send(product.url, `/api/runs/${runId}`, 'PUT', run);
    await send(product.url, `/api/runs/${runId}/trials`, 'POST', { trials });
    await page.goto(`/trials/${trialIdOf(runId, bookDemo.id, 0)}`);
    await page.getByRole('alert').getByText('Invalid regular expression').waitFor();
    await page.getByRole('link', { name: 'Traces' }).click();
    await page.getByText('No traces yet').waitFor();
  });

  it('a page is an error page of its own', async () => {
    await page.goto('/nowhere');
    await page.getByText('There is no page at /nowhere').waitFor();
  });

  it('a collector: the page says so, and retries', async () => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    await product.stopCollector();
    await page.getByRole('link', { name: 'Traces' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('COLLECTOR_UNREACHABLE').waitFor();
    await screenshot(page, 'error');
    const asked = page.waitForRequest('**/api/traces*');
    await alert.getByRole('button', { name: 'Retry' }).click();
    await asked;
  });
});
