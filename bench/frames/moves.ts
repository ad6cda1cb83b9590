import type { Page } from 'playwright-core';

/** What a hand does in the waterfall, a step every frame. Each runs in the page. */
export const MOVES = { scroll, jump, zoom } as const;

const framesOfMove = 120;

/** Five rows every frame, down and back: as fast as a wheel or a finger goes. */
async function scroll(page: Page): Promise<void> {
  await page.locator('.waterfall').evaluate(async (list, frames) => {
    for (let frame = 0; frame < frames; frame++) {
      await new Promise(requestAnimationFrame);
      list.scrollTop += frame < frames / 2 ? 130 : -130;
    }
  }, framesOfMove);
}

/** To another place of the trace every frame, as by the bar at the side: every row on the screen is a new one. */
async function jump(page: Page): Promise<void> {
  await page.locator('.waterfall').evaluate(async (list, frames) => {
    const { scrollHeight } = list;
    for (let frame = 0; frame < frames; frame++) {
      await new Promise(requestAnimationFrame);
      list.scrollTop = (scrollHeight * frame) / frames;
    }
  }, framesOfMove);
}

/** A key every frame: closer, along, and back. */
async function zoom(page: Page): Promise<void> {
  await page.locator('.waterfall tbody').evaluate(async (body, frames) => {
    const keys = ['w', 'd', 'w', 'a', 's', 's'];
    for (let frame = 0; frame < frames; frame++) {
      await new Promise(requestAnimationFrame);
      const key = keys[frame % keys.length] ?? '0';
      body.firstElementChild?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
  }, framesOfMove);
}
