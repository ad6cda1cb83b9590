import { describe, expect, it } from 'vitest';
import { screenshot } from '../product.ts';
import { hostileRun, hostileRunId, inBrokenUtf8 } from '../seed/hostile-run.ts';
import { spanIdOf, traceIdOf } from '../seed/ids.ts';
import { greenRunId } from '../seed/runs.ts';
import { send, sendSpans } from '../seed/seed.ts';
import { hostileText } from '../seed/traces.ts';
import type { OpenPage } from './open-page.ts';

export function describeHostileText(on: () => OpenPage): void {
  describe('hostile text and bytes that are no text', () => {
    it('are shown as text on every page, and what is unseen is named', async () => {
      const { page, product, text } = on();
      const { run, trials } = hostileRun(Date.now() * 1000 - 60 * 86_400e6);
      await send(product.url, `/api/runs/${hostileRunId}`, 'PUT', inBrokenUtf8(run));
      await send(product.url, `/api/runs/${hostileRunId}/trials`, 'POST', inBrokenUtf8({ trials }));
      const traceId = traceIdOf('hostile just now');
      const span = {
        traceId,
        spanId: spanIdOf(traceId, 'root'),
        name: hostileText,
        start: Date.now() * 1000,
      };
      const attributes = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': hostileText };
      await sendSpans(product.url, { 'service.name': hostileText }, [
        { ...span, duration: 1000, attributes },
      ]);
      await product.settled();
      const [trial] = trials;
      const compared = new URLSearchParams({ baseline: hostileRunId, candidate: greenRunId });
      const sql = new URLSearchParams({
        q: `SELECT name, service FROM spans WHERE trace_id = '${traceId}'`,
      });
      for (const path of [
        '/',
        `/runs/${hostileRunId}`,
        `/runs/${hostileRunId}/scenarios/${encodeURIComponent(trial?.scenario.id ?? '')}`,
        `/trials/${trial?.id}`,
        `/compare?${compared}`,
        '/live',
        '/traces',
        `/sql?${sql}`,
      ]) {
        await page.goto(path);
        const attack = page.getByText('<img src=x onerror="document.title=1">');
        await attack.filter({ visible: true }).first().waitFor();
        const shown = await page.locator('body').innerText();
        expect(shown, path).toContain('‹U+202E›evil');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
        expect(shown.match(/[\u0000\u001b\u202e]/), path).toBeNull();
        expect(await page.locator('main img, main script').count(), path).toBe(0);
        expect(await page.title(), path).toMatch(/· Rehearse$/);
      }
      await page.goto(`/trials/${trial?.id}`);
      await text(/\ufffd/);
      await screenshot(page, 'trial-hostile');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('onerror');
      await page.getByRole('option').first().waitFor();
      expect(await page.locator('dialog img, dialog script').count()).toBe(0);
    });
  });
}
