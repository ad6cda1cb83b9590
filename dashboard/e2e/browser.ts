import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundled from '@sparticuz/chromium';
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type PageScreenshotOptions,
} from 'playwright-core';

/** The flags matter: no sandbox for root in a container, nothing that talks to the network by itself. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const systemChromium = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export type TestBrowser = {
  /** A fresh context: no cookies, no storage, no history. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
};

/**
 * A headless Chromium: `CHROMIUM_PATH` where set, else the one that npm brought, else the system's.
 *
 * @throws Error that says how to install one, when none starts.
 */
export async function launchBrowser(): Promise<TestBrowser> {
  const failures: string[] = [];
  for await (const executablePath of candidates()) {
    const home = await mkdtemp(join(tmpdir(), 'rehearse-browser-'));
    try {
      const browser = await chromium.launch({
        executablePath,
        args: flags,
        env: { ...process.env, HOME: home },
      });
      return {
        newContext: (options) => browser.newContext(options),
        close: async () => {
          await browser.close();
          await rm(home, { recursive: true, force: true });
        },
      };
    } catch (error) {
      failures.push(`${executablePath}: ${String(error).split('\n')[0]}`);
      await rm(home, { recursive: true, force: true });
    }
  }
  throw new Error(
    `no Chromium starts (${failures.join('; ')}): install one with "apt-get install -y chromium", or set CHROMIUM_PATH`,
  );
}

async function* candidates(): AsyncGenerator<string> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    yield chosen;
    return;
  }
  if (process.platform === 'linux') yield await bundled.executablePath();
  yield* systemChromium.filter((path) => existsSync(path));
}

/** Where several browsers draw at once, Chromium now and then cannot, and can a moment later. */
export async function takePicture(
  page: Page,
  options: PageScreenshotOptions & { path: string },
): Promise<void> {
  await page.screenshot(options).catch(() => page.screenshot(options));
}
