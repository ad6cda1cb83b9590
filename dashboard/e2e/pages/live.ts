import { describe, expect, it } from 'vitest';
import { screenshot } from '../product.ts';
import { agentSpans } from '../seed/agent-trace.ts';
import { spanIdOf, traceIdOf } from '../seed/ids.ts';
import { sendSpans } from '../seed/seed.ts';
import type { OpenPage } from './open-page.ts';

export function describeLive(on: () => OpenPage): void {
  describe('what agents do now', () => {
    const work = (name: string) =>
      agentSpans({
        traceId: traceIdOf(name),
        start: Date.now() * 1000 - 3e6,
        model: 'gpt-4o-mini',
        asked: 'Find leads',
        answered: 'None.',
        steps: Array.from({ length: 5 }, () => ({ tool: 'search_leads', arguments: { q: 'x' }, result: [] })),
      });
    const isRoot = ({ parentSpanId }: { parentSpanId?: string }) => parentSpanId === undefined;

    it('shows a trace under way with its step and loop, then that it has ended', async () => {
      const { page, product, text } = on();
      await page.goto('/live?service=night-shift');
      await text(/No results/);
      const spans = work('night');
      await sendSpans(
        product.url,
        { 'service.name': 'night-shift' },
        spans.filter((span) => !isRoot(span)),
      );
      const row = page.locator('tbody tr');
      await row.getByText('under way').waitFor();
      await row.getByText('x5 search_leads').waitFor();
      expect(await row.innerText()).toMatch(/chat gpt-4o-mini\s+\d+(\.\d)? s\s+11\s/);
      await page.getByRole('button', { name: 'Hold still' }).click();
      await sendSpans(product.url, { 'service.name': 'night-shift' }, spans.filter(isRoot));
      await text('Held still: news of 1 trace');
      expect(await row.innerText()).toContain('under way');
      await page.getByRole('button', { name: 'Go on' }).click();
      await row.getByText(/ended/).waitFor();
      await screenshot(page, 'live');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/traces/${traceIdOf('night')}`);
    });

    it('says that it is not connected, and what it did not show meanwhile', async () => {
      const { page, product, complaints, text } = on();
      await page.route('**/api/live', (route) => route.abort());
      await page.goto('/live?service=gap-shop');
      await text('Not connected');
      await sendSpans(product.url, { 'service.name': 'gap-shop' }, work('gap'));
      await page.unroute('**/api/live');
      await text(/The connection was broken for .* meanwhile/);
      await page.getByText('Connected', { exact: true }).waitFor();
      await page.getByRole('cell', { name: 'gap-shop' }).waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      complaints.splice(0); // Of the browser, about the connection that was cut.
    });

    it('pauses an agent that listens, tells it something, and shows what became of that', async () => {
      const { page, product } = on();
      const agent = new WebSocket(`${product.url.replace('http', 'ws')}/v1/control`);
      const session = 'session-of-e2e';
      const traceId = traceIdOf('controlled');
      const begun = Date.now() * 1000;
      agent.addEventListener('message', ({ data }) => {
        const { type, id } = JSON.parse(String(data));
        if (type === 'command') agent.send(JSON.stringify({ type: 'ack', id, state: 'done' }));
        else agent.send(JSON.stringify({ type: 'ack', id, state: 'refused', reason: '<b>too late</b>' }));
      });
      await new Promise((open) => agent.addEventListener('open', open));
      agent.send(JSON.stringify({ type: 'hello', session, agent: 'browser', trace: traceId }));
      await page.goto('/live');
      const control = page.getByRole('article', { name: 'browser' });
      await control.getByText('at work').waitFor();
      await control.getByRole('button', { name: 'Pause' }).click();
      await control.getByText('paused').waitFor();
      await control.getByRole('button', { name: 'Resume' }).waitFor();
      await control.getByLabel('What to tell it').fill('Take the 9 o’clock train');
      await page.keyboard.press('Enter');
      await control.getByText('<b>too late</b>').waitFor();
      expect(await control.getByRole('listitem').allInnerTexts()).toEqual([
        expect.stringMatching(/refused\s+feedback\s+Take the 9 o’clock train/),
        expect.stringMatching(/done\s+pause/),
      ]);
      await screenshot(page, 'live-control');
      const root = { traceId, spanId: spanIdOf(traceId, 'work'), name: 'invoke_agent browser', start: begun };
      const call = {
        ...root,
        spanId: spanIdOf(traceId, 'call'),
        parentSpanId: root.spanId,
        name: 'chat gpt-4o-mini',
      };
      const said = [{ role: 'assistant', parts: [{ type: 'text', content: 'The train, then.' }] }];
      await sendSpans(product.url, {}, [
        {
          ...call,
          duration: Date.now() * 1000 - begun,
          attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.output.messages': JSON.stringify(said) },
        },
      ]);
      await product.settled();
      await control.getByRole('link', { name: 'Trace' }).click();
      const atWork = page.getByRole('region', { name: 'The agent at work' });
      await atWork.getByRole('button', { name: 'Stop' }).click();
      await atWork.getByText('done').waitFor();
      await screenshot(page, 'trace-control');
      agent.close();
      await atWork.getByText('away').waitFor();
      // The page asks for the commands again when the root has come.
      await product.settled();
      await sendSpans(product.url, {}, [{ ...root, duration: Date.now() * 1000 - begun }]);
      await product.settled();
      await atWork.waitFor({ state: 'detached' });
      const commands = page.getByRole('region', { name: 'Commands to the agent' });
      await commands.getByText('stop', { exact: true }).waitFor();
      expect(await commands.getByRole('listitem').allInnerTexts()).toEqual([
        expect.stringMatching(/pause\s+after .*: done/),
        expect.stringMatching(/feedback\s+Take the 9 o’clock train\s+after .*: refused.*<b>too late<\/b>/s),
        expect.stringMatching(/stop\s+after .*: done/),
      ]);
      await commands.getByRole('button', { name: 'pause' }).click();
      await page.waitForURL('**/traces/*?span=*');
      const lines = await page
        .locator('.span-time')
        .first()
        .evaluate((cell) => getComputedStyle(cell).backgroundImage);
      expect(lines.match(/linear-gradient/g)).toHaveLength(3);
      await screenshot(page, 'trace-commands');
      await page.getByRole('button', { name: 'Transcript' }).click();
      const turn = page.getByRole('region', { name: 'Transcript' }).getByRole('listitem');
      expect(await turn.innerText()).toMatch(
        /The train, then\.\s+call 1\s+pause.*Take the 9 o’clock train.*stop\s+after .*: done/s,
      );
      await screenshot(page, 'trace-commands-transcript');
    });
  });
}
