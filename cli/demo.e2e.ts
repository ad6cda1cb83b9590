import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '../dashboard/e2e/browser.ts';
import { screenshot } from '../dashboard/e2e/product.ts';
import { type Running, startCommand } from './command.ts';

/** What `npm run demo` does, and what a person then does in the browser. */
describe('the demo', () => {
  let directory: string;
  let demo: Running;
  let browser: TestBrowser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rehearse-demo-'));
    await cp(inject('dashboardDirectory'), join(import.meta.dirname, '../dist/dashboard'), {
      recursive: true,
    });
    demo = startCommand(['demo', '--port', '0', '--data', join(directory, 'data')]);
    browser = await launchBrowser();
    url = (await demo.printed(/^dashboard {2}(http\S+)\/$/m))[1] ?? '';
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    // A minute alone; other browsers may work beside it.
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    demo?.interrupt();
    await demo?.ended;
    await rm(directory, { recursive: true, force: true });
  });

  it('passes the correct agent, catches what is planted, and stays up', async () => {
    const [out] = await demo.printed(/[\s\S]*stays up/);
    expect(out).toMatch(/\d+ scenarios +\d+✓ +100 %/);
    expect(out).toMatch(/^PASS$/m);
    expect(out).toMatch(
      /sim\/sdr\+loops: caught in \d of \d+\n[\s\S]*✗ sdr\/nobody-found {2}looped: 19 steps/,
    );
    expect(out).toMatch(
      /sim\/sdr\+resends: caught in \d of \d+\n[\s\S]*✗ sdr\/send-times-out {2}duplicate: .*done 2 times/,
    );
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('leads from a failed trial to its trace with one click', async () => {
    await page.goto('/');
    await page
      .getByRole('row', { name: /sim\/sdr\+resends/ })
      .getByRole('link')
      .first()
      .click();
    await page
      .getByRole('row', { name: /sdr\/send-times-out/ })
      .getByRole('link', { name: /failed/i })
      .first()
      .click();
    await page.getByText('done again').waitFor();
    await screenshot(page, 'demo-trial');
    await page.getByRole('link', { name: 'Open trace' }).click();
    await page.getByRole('treegrid').waitFor();
    await screenshot(page, 'demo-trace');
  });

  it('shows agent, model and tool spans with tokens, cost and messages', async () => {
    for (const name of [/invoke_agent alice-react/, /chat sim\/sdr\+resends/, /execute_tool send_mail/]) {
      await page.getByRole('row', { name }).first().waitFor();
    }
    await page
      .getByRole('row', { name: /chat sim\/sdr/ })
      .first()
      .click();
    const panel = page.getByRole('complementary');
    await panel
      .getByText(/\$0\.\d+/)
      .first()
      .waitFor();
    await panel.getByText('Tokens').first().waitFor();
    await panel.getByText('Rafael').first().waitFor();
    await screenshot(page, 'demo-model-call');
  });
});
