import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickOn, type Product, screenshot, startProduct } from './product.ts';
import { agentSpans } from './seed/agent-trace.ts';
import { hostileRun, hostileRunId, inBrokenUtf8 } from './seed/hostile-run.ts';
import { spanIdOf, traceIdOf, trialIdOf } from './seed/ids.ts';
import { failingRunId, greenRunId, runningRunId, settingRuns } from './seed/runs.ts';
import { seed, send, sendRun, sendSpans } from './seed/seed.ts';
import { hostileSpans, hostileText, hostileTraceId, liveTraceId, orphanTraceId } from './seed/traces.ts';

const firstLoadLimit = 250_000;

let product: Product;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  product = await startProduct();
  await seed(product.url, Date.now() * 1000);
  await product.settled();
  ({ page, complaints } = await product.open());
});
afterAll(() => product?.close());
afterEach(async () => {
  await page.unrouteAll();
  expect(complaints.splice(0)).toEqual([]);
});

const text = (pattern: string | RegExp) => page.getByText(pattern).first().waitFor();

/** How many rows a list has. One that was given up for lack of time, as may be on a busy machine, is asked for again. */
async function listed(): Promise<number> {
  await page.reload();
  await page.locator('tbody tr, .state').first().waitFor();
  return page.locator('tbody tr').count();
}

describe('the first load', () => {
  it('fetches at most 250 kB of compressed scripts and styles, and no chart library', async () => {
    await page.goto('/traces');
    await page.getByRole('table').waitFor();
    const paths = await page.evaluate(() =>
      performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname),
    );
    const assets = paths.filter((path) => /\.(js|css)$/.test(path));
    const sizes = await Promise.all(
      assets.map(async (path) => gzipSync(await readFile(join(product.dashboardDirectory, path))).length),
    );
    expect(assets.length).toBeGreaterThan(1);
    expect(assets.filter((path) => path.includes('chart'))).toEqual([]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstLoadLimit);
  });
});

describe('runs', () => {
  it('shows every run, newest first, with verdict, interval and what it cost', async () => {
    await page.goto('/');
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(7);
    const verdicts = await page.locator('tbody td:nth-child(2)').allInnerTexts();
    expect(verdicts.map((words) => words.trim())).toEqual([
      'Running 12 of 30',
      'Fail',
      'Inconclusive',
      'Pass',
      'Pass',
      'Pass',
      'Pass',
    ]);
    const failing = await rows.nth(1).innerText();
    expect(failing).toMatch(/79 %\s+62–90 %/);
    expect(failing).toContain('−21 pts');
    expect(failing).toMatch(/sim\/careful\s+simulated/);
    await page.locator('.recharts-errorBar').first().waitFor();
    await screenshot(page, 'runs');
    await clickOn(page.locator('.recharts-line-dot').last());
    await page.waitForURL(`**/runs/${failingRunId}`);
  });

  it('leads by keyboard to a run, and back', async () => {
    await page.goto('/');
    await page.getByRole('table').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/runs/${failingRunId}`);
    await text('10 scenarios, worst first');
    await page.keyboard.press('Escape');
    await page.waitForURL(`${product.url}/`);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL('**/traces');
  });
});

describe('a comparison', () => {
  const path = `/compare?baseline=${greenRunId}&candidate=${failingRunId}`;

  it('is reached by marking two runs, and says which is better, by how much, and whether it is noise', async () => {
    await page.goto('/');
    await page.getByRole('table').waitFor();
    for (const key of ['j', 'j', 'x', 'j', 'j', 'x']) await page.keyboard.press(key);
    await page.getByRole('link', { name: 'Compare the two marked' }).click();
    await page.waitForURL(`**${path}`);
    await text(/passes 20 points less often: more than noise/);
    expect(await page.title()).toBe('Compare: Worse · Rehearse');
    const measures = await page.locator('.measures tbody tr').allInnerTexts();
    expect(measures.map((row) => row.split('\t').at(-2)?.trim())).toEqual([
      'worse',
      ...['worse', 'cannot tell', 'cannot tell', 'cannot tell', 'cannot tell', 'cannot tell'],
    ]);
    await text('What differs: commit 77c0a4e → 0badc0f');
    await text('Left out of the candidate: 1 void trial.');
    await screenshot(page, 'compare');
  });

  it('leads to the trials of both runs side by side, and back', async () => {
    await page.goto(path);
    await page.getByRole('link', { name: 'side by side' }).first().click();
    await page.waitForURL(`**/runs/${failingRunId}/scenarios/*?beside=${greenRunId}`);
    await text(/^Candidate 1 .* baseline 1 /);
    await page
      .getByRole('group', { name: /candidate/ })
      .getByRole('button', { name: /^2/ })
      .click();
    await page.getByRole('region', { name: 'Candidate 2' }).waitFor();
    await screenshot(page, 'scenario-beside');
    await page.keyboard.press('Escape');
    await page.waitForURL(`**${path}`);
  });

  it('says that it cannot tell, that a run is not whole, and that nothing is chosen', async () => {
    await page.goto(`/compare?baseline=${greenRunId}&candidate=${runningRunId}`);
    await text('Cannot tell');
    await text('The candidate is running: 12 of 30 trials so far.');
    await text('None: each of 4 scenarios passed as often on both sides.');
    await page.getByRole('combobox', { name: 'Compare' }).selectOption('model');
    await text('Choose a baseline and a candidate');
    await page.goto(`/compare?by=model&baseline=gpt-9&candidate=sim/careful`);
    await text(/No run of gpt-9/);
  });

  it('lays the settings of one command side by side, and leads to each pair', async () => {
    for (const run of settingRuns(Date.now() * 1000)) await sendRun(product.url, run);
    await page.goto('/runs/architectures-5');
    await text('No gate has judged this run');
    await page.getByRole('link', { name: 'Compare the settings' }).click();
    await page.locator('.recharts-errorBar').first().waitFor();
    const agents = await page.locator('tbody th').allInnerTexts();
    expect(agents.map((words) => words.trim())).toEqual([
      'alice-react, 5 tools 0.4.0',
      'alice-react, 20 tools 0.4.0',
    ]);
    await screenshot(page, 'compare-settings');
    await clickOn(page.locator('.recharts-line-dot').nth(1));
    await page.waitForURL('**/runs/architectures-20');
    await page.goBack();
    await page.getByRole('link', { name: 'with number 1' }).click();
    await page.waitForURL('**/compare?baseline=architectures-5&candidate=architectures-20');
    await text('What differs: agent alice-react, 5 tools → alice-react, 20 tools');
  });
});

describe('a run', () => {
  it('says why, and puts the worst scenario first', async () => {
    await page.goto(`/runs/${failingRunId}`);
    await text('forbidden-effect');
    expect(await page.title()).toBe('Fail: sdr, alice-react · Rehearse');
    const scenarios = page.getByRole('table', { name: /worst first/ });
    expect(await scenarios.locator('tbody tr').first().innerText()).toContain('sdr/timeout-after-send');
    expect(await page.locator('.dots a').count()).toBe(30);
    await screenshot(page, 'run');
    await page.getByRole('link', { name: 'Trial 2: Failed: did what is forbidden' }).click();
    await page.waitForURL(`**/trials/${trialIdOf(failingRunId, 'sdr/opt-out', 1)}`);
  });

  it('shows what its verdict rests on, and what could have been seen', async () => {
    await page.goto(`/runs/${failingRunId}`);
    const evidence = page.getByRole('region', { name: 'Evidence' });
    await evidence.getByText(/A drop of \d+ points would have been seen with a chance of 80 %/).waitFor();
    await evidence.getByText(/1 of 30 trials void \(infrastructure 1\)/).waitFor();
    await evidence.getByRole('link', { name: 'sdr/timeout-after-send' }).first().waitFor();
    await evidence.getByText('0 of 9 played').first().waitFor();
    await evidence.scrollIntoViewIfNeeded();
    await screenshot(page, 'run-evidence');
  });

  it('fills in while it runs', async () => {
    await page.goto(`/runs/${runningRunId}`);
    await text('12 of 30 trials, running');
    await screenshot(page, 'run-running');
  });

  it('leads to its traces', async () => {
    await page.goto(`/runs/${failingRunId}`);
    await page.getByRole('link', { name: 'Traces of this run' }).click();
    await page.waitForURL('**/traces?*');
    await expect.poll(listed).toBe(30);
  });
});

describe('a scenario', () => {
  const path = `/runs/${failingRunId}/scenarios/${encodeURIComponent('sdr/opt-out')}`;

  it('lays trials side by side, and says where they part', async () => {
    await page.goto(`/runs/${failingRunId}`);
    await page.getByRole('link', { name: 'A lead asks to be left alone', exact: true }).click();
    await page.waitForURL(`**${path}`);
    await page.getByRole('heading', { name: 'Calls, and where they part' }).waitFor();
    const headings = await page.locator('.side-by-side h2').allInnerTexts();
    expect(headings.map((heading) => heading.replace(/\s+/g, ' '))).toEqual([
      'Trial 1 Passed',
      'Trial 2 Failed: did what is forbidden',
    ]);
    await text(/^Trial 2 (asks for another thing|gets another answer|parts from trial 1)/);
    expect(await page.locator('.call-columns .parting').count()).toBe(1);
    await screenshot(page, 'scenario');
  });

  it('keeps the chosen trials in the address', async () => {
    await page.goto(path);
    await page.getByRole('button', { name: /^3/ }).click();
    await page.waitForURL('**?trials=*');
    expect(new URL(page.url()).searchParams.get('trials')).toBe('1,2,3');
    await page.reload();
    await page.getByRole('region', { name: 'Trial 3' }).waitFor();
  });

  it('says so where the run has no such scenario', async () => {
    await page.goto(`/runs/${failingRunId}/scenarios/nothing`);
    await text(/has no trial of nothing/);
  });
});

describe('a trial', () => {
  const doubleSend = trialIdOf(failingRunId, 'sdr/timeout-after-send', 0);
  const doubleSendTrace = traceIdOf(failingRunId, 'sdr/timeout-after-send', 0);
  const forbidden = trialIdOf(failingRunId, 'sdr/opt-out', 1);

  it('shows what was expected beside what was done', async () => {
    await page.goto(`/trials/${doubleSend}`);
    await text('Failed: did harm');
    const heads = await page.locator('.ledger-head').allInnerTexts();
    expect(heads.map((head) => head.replace(/\s+/g, ' ').trim())).toEqual([
      'done again insert mail.outbox msg_2 by call 4, messages.send',
      'as expected insert calendar.events evt_1 by call 2, events.create',
      'as expected insert mail.outbox msg_1 by call 3, messages.send',
    ]);
    await text('timeout-after-commit');
    await screenshot(page, 'trial-double-send');
  });

  it('shows wrong columns, the forbidden effect and the unknown host, and runs none of the text', async () => {
    await page.goto(`/trials/${forbidden}`);
    await text('Nobody who opted out may be written to again.');
    const ledger = await page.locator('.ledger').innerText();
    expect(ledger).toMatch(/score\s+unchanged\s+40 → 0/);
    expect(ledger).toContain('unknown host, blocked egress tracker.example');
    await text('<script>document.title="owned"</script>');
    expect(await page.title()).toBe('Failed: did what is forbidden: A lead asks to be left alone · Rehearse');
    await screenshot(page, 'trial-forbidden');
  });

  it('opens its trace with one click', async () => {
    await page.goto(`/trials/${doubleSend}`);
    await page.getByRole('link', { name: 'Open trace' }).click();
    await page.waitForURL(`**/traces/${doubleSendTrace}`);
    await page.getByRole('treegrid').waitFor();
    const kinds = await page.locator('.span-row td:nth-child(2)').allInnerTexts();
    expect(kinds).toEqual(['agent', 'llm', 'tool', 'llm', 'tool', 'llm', 'tool', 'llm', 'tool', 'llm']);
  });

  it('leads from an effect to the span that did it', async () => {
    await page.goto(`/trials/${doubleSend}`);
    await page.getByRole('link', { name: 'call 3, messages.send' }).click();
    await page.waitForURL('**/traces/*?span=*');
    await page.locator('.span-row[aria-selected="true"]').waitFor();
    expect(await page.locator('.span-row[aria-selected="true"]').innerText()).toContain('mail_messages_send');
    const panel = page.getByRole('complementary', { name: 'Span' });
    await panel.getByText('mail answered 504').first().waitFor();
    await panel.getByText('"body": "See you on Tuesday at 10."').waitFor();
    await screenshot(page, 'trace-from-effect');
  });
});

describe('hostile text and bytes that are no text', () => {
  it('are shown as text on every page, and what is unseen is named', async () => {
    const { run, trials } = hostileRun(Date.now() * 1000 - 60 * 86_400e6);
    await send(product.url, `/api/runs/${hostileRunId}`, 'PUT', inBrokenUtf8(run));
    await send(product.url, `/api/runs/${hostileRunId}/trials`, 'POST', inBrokenUtf8({ trials }));
    const traceId = traceIdOf('hostile just now');
    const span = { traceId, spanId: spanIdOf(traceId, 'root'), name: hostileText, start: Date.now() * 1000 };
    const attributes = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': hostileText };
    await sendSpans(product.url, { 'service.name': hostileText }, [{ ...span, duration: 1000, attributes }]);
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

describe('traces', () => {
  it('keeps its filters in the address, and says which one to drop', async () => {
    await page.goto('/traces');
    await page.getByRole('table').waitFor();
    const facet = page.getByRole('group', { name: 'Service' });
    expect(await facet.getByRole('button', { name: /^browser-bot/ }).innerText()).toMatch(/8$/);
    await facet.getByRole('button', { name: /^browser-bot/ }).click();
    await page.waitForURL('**/traces?service=browser-bot');
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    await text(/Showing 1 of (at least )?1 trace$/);
    await page.keyboard.press('/');
    await page.keyboard.type('nowhere');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/traces?q=nowhere&service=browser-bot');
    await text(/No results/);
    await text('Without Text nowhere');
    await page
      .locator('.state li', { hasText: 'Without Text nowhere' })
      .getByText(/1 trace|not counted/)
      .waitFor();
    await screenshot(page, 'traces-filtered-to-nothing');
    await page.getByRole('link', { name: 'Without Text nowhere' }).click();
    await page.waitForURL('**/traces?service=browser-bot');
    await page.getByRole('link', { name: /Service browser-bot/ }).click();
    await page.waitForURL('**/traces');
  });

  it('saves filters under a name, opens them again, and deletes them', async () => {
    await page.goto('/traces?status=error&minDuration=1000000');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Name of the view').fill('Slow <b>failures</b>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'View: Slow <b>failures</b>' }).waitFor();
    await screenshot(page, 'traces-views');
    await page.goto('/traces');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('link', { name: 'Slow <b>failures</b>' }).click();
    await page.waitForURL('**/traces?status=error&minDuration=1000000');
    await page.getByRole('button', { name: /Delete the view/ }).click();
    await text('No view is saved yet.');
  });

  it('turns pages, and back with the browser', async () => {
    await page.goto('/traces');
    await page.getByRole('link', { name: 'Older' }).click();
    await page.waitForURL('**/traces?before=*');
    await page.getByRole('link', { name: 'Newest' }).waitFor();
    await page.goBack();
    await page.waitForURL('**/traces');
    await screenshot(page, 'traces');
  });

  it('marks a trace whose root has not arrived', async () => {
    await page.goto('/traces?service=pinger');
    await text('root not received');
    await page.goto(`/traces/${orphanTraceId}`);
    await text('parent not received');
    await screenshot(page, 'trace-orphan');
  });

  it('shows hostile messages as text', async () => {
    await page.goto(`/traces/${liveTraceId}`);
    await page
      .getByRole('row', { name: /chat gpt-4o-mini/ })
      .first()
      .click();
    await page.getByRole('heading', { name: /^Input/ }).waitFor();
    await text(/Summarise this page: <img src=x/);
    expect(await page.locator('.span-panel img, .span-panel script').count()).toBe(0);
    expect(await page.title()).toBe('invoke_agent alice: 1 error · Rehearse');
    await text('Cache read');
    await screenshot(page, 'trace-messages');
  });

  it('shows what no emitter should send as text, marked, and breaks nowhere', async () => {
    const spans = hostileSpans(Date.now() * 1000);
    await sendSpans(product.url, { 'service.name': hostileText }, spans);
    await product.settled();
    for (const view of ['waterfall', 'graph', 'transcript']) {
      await page.goto(`/traces/${hostileTraceId}?view=${view}`);
      await page.getByRole('complementary', { name: 'Span' }).getByText('Recorded by').waitFor();
      await screenshot(page, `trace-hostile-${view}`);
    }
    await page.goto(`/traces/${hostileTraceId}`);
    await page
      .locator('.span-row')
      .nth(spans.length - 1)
      .waitFor();
    expect(await page.locator('.span-row').count()).toBe(spans.length);
    expect(await page.locator('.span-row').getByText('parent not received').count()).toBeGreaterThan(2);
    await page
      .getByRole('row', { name: /^Collapse|loud x/ })
      .filter({ hasText: 'loud' })
      .click();
    const panel = page.getByRole('complementary', { name: 'Span' });
    await panel.getByText('‹U+202E›evil‹U+001B›[31m').first().waitFor();
    await panel.getByRole('button', { name: /Show all 1,\d+ kB/ }).click();
    await page.goto(`/traces?service=${encodeURIComponent(hostileText)}`);
    await page.locator('tbody tr').first().waitFor();
    await screenshot(page, 'traces-hostile');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.title()).toBe('Traces · Rehearse');
  });

  it('draws the agent as a graph, and leads from a step to its span', async () => {
    await page.goto(`/traces/${liveTraceId}`);
    await page.getByRole('button', { name: 'Graph' }).click();
    await page.waitForURL('**/traces/*?view=graph');
    const graph = page.getByRole('region', { name: 'Graph of the agent' });
    await graph.getByRole('button', { name: /fetch_page.*x2.*1 failed/s }).click();
    await page.waitForURL('**/traces/*?view=graph&span=*');
    await page.getByRole('complementary', { name: 'Span' }).getByText('execute_tool fetch_page').waitFor();
    await screenshot(page, 'trace-graph');
    await graph.getByText('As a table').click();
    const passages = await graph.getByRole('row').allInnerTexts();
    expect(passages).toContain('chat gpt-4o-mini\tfetch_page\t2');
    expect(passages).toContain('fetch_page\tchat gpt-4o-mini\t2');
  });

  it('tells what was said as a transcript', async () => {
    await page.goto(`/traces/${liveTraceId}?view=transcript`);
    const transcript = page.getByRole('region', { name: 'Transcript' });
    await transcript.getByText(/Summarise this page: <img src=x/).waitFor();
    expect(await transcript.locator('.turn-from').allInnerTexts()).toEqual([
      'user',
      ...['assistant', 'tool', 'assistant', 'tool', 'assistant', 'tool'],
      'assistant',
    ]);
    await screenshot(page, 'trace-transcript');
  });

  it('is searched: by name and by what was said, from match to match', async () => {
    await page.goto(`/traces/${liveTraceId}`);
    await page.getByRole('treegrid').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('A SHOP.');
    const search = page.getByRole('search');
    // The call that says so, the tool that is told so, and the call after it.
    await search.getByText('3 spans', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await search.getByText('1 of 3 spans').waitFor();
    expect(await page.locator('.span-row.found').count()).toBe(3);
    await search.getByRole('button', { name: 'Previous' }).click();
    await search.getByText('3 of 3 spans').waitFor();
    expect(new URL(page.url()).searchParams.get('find')).toBe('A SHOP.');
    await search.getByRole('searchbox').fill('fetch_page');
    await search.getByText(/ spans$/).waitFor();
    await screenshot(page, 'trace-search');
  });

  it('shows where the money went', async () => {
    await page.goto(`/traces/${liveTraceId}`);
    await page.getByRole('button', { name: 'Cost', exact: true }).click();
    await page.waitForURL('**?bars=cost');
    const root = page.getByRole('row', { name: /invoke_agent alice/ });
    expect(await root.locator('.span-time').innerText()).toMatch(/^\$0\.\d+ · 100 %$/);
    expect(await page.locator('.bar-cost').count()).toBe(5);
    await screenshot(page, 'trace-cost');
  });

  it('keeps the notes of people on its spans', async () => {
    await page.goto(`/traces/${liveTraceId}`);
    await page.getByRole('row', { name: /execute_tool save_note/ }).click();
    const note = 'Why <b>this</b>?';
    await page.getByLabel('Note on this span').fill(note);
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await page.getByRole('row', { name: /save_note.*pinned/ }).waitFor();
    await page.goto(`/traces/${liveTraceId}?view=transcript`);
    const pins = page.getByRole('region', { name: 'Pins' });
    await pins.getByRole('button', { name: note }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await pins.waitFor({ state: 'detached' });
    const said = page.getByRole('region', { name: 'Transcript' }).getByRole('listitem');
    await said.nth(3).getByRole('button', { name: 'call 2' }).click();
    await page.getByLabel('Note on this span').fill(note);
    await page.keyboard.press('Enter');
    await said.nth(3).getByText(note).waitFor();
    await screenshot(page, 'trace-pins');
    await page.getByRole('button', { name: 'Remove' }).click();
    await pins.waitFor({ state: 'detached' });
  });

  it('says what the trace waited for', async () => {
    await page.goto(`/traces/${liveTraceId}`);
    await text('Waited for');
    expect(await page.locator('.waited-for').innerText()).toMatch(/models\s+90 %\s+tools\s+9 %/);
    expect(await page.locator('.critical').count()).toBeGreaterThan(6);
  });

  it('shows what evaluators said of a span', async () => {
    await page.goto(`/traces/${liveTraceId}`);
    await page.getByRole('row', { name: /invoke_agent alice/ }).click();
    const said = page.getByRole('table', { name: 'What evaluators said, as they sent it' });
    await said.waitFor();
    expect(await said.getByRole('row').nth(1).innerText()).toMatch(
      /Helpful\s+hardly\s+It answers another question <img src=x>\.\s+0\.25/,
    );
    await screenshot(page, 'trace-evaluations');
  });
});

describe('SQL', () => {
  const rows = () => page.locator('.sql-rows tbody tr:has(button)');

  it('runs what is written and keeps it in the address, with numbers to the right and few rows mounted', async () => {
    await page.goto('/alerts');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await text('Ask the store anything');
    await page
      .getByLabel('SQL', { exact: true })
      .fill('SELECT number AS n, toString(n) AS t FROM numbers(5000)');
    await page.keyboard.press('Control+Enter');
    await text('the first 1,000 rows; there are more');
    expect(new URL(page.url()).searchParams.get('q')).toContain('numbers(5000)');
    expect(await rows().count()).toBeLessThan(61);
    expect(await rows().first().locator('td.number').count()).toBe(1);
    await page.locator('.sql-rows').press('End');
    await page.getByRole('button', { name: 'Row 1000' }).click();
    await page.getByRole('region', { name: 'Row 1000' }).getByText('999').first().waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const csv = await readFile(await file.path(), 'utf8');
    expect(csv.trimEnd().split('\n')).toHaveLength(5001);
    await screenshot(page, 'sql');
  });

  it('runs its examples, and puts tables and columns into the field', async () => {
    await page.goto('/sql');
    await page.getByRole('button', { name: 'The slowest tools' }).click();
    await page.getByRole('columnheader', { name: 'p95_ms' }).waitFor();
    await page.locator('summary', { hasText: /^trials/ }).click();
    const field = page.getByLabel('SQL', { exact: true });
    await field.fill('');
    await page.getByRole('button', { name: 'Insert trials' }).click();
    expect(await field.inputValue()).toBe('trials');
  });

  it('shows a mistake where it stands, nothing as nothing, and goes on', async () => {
    await page.goto(`/sql?q=${encodeURIComponent('SELECT name\nFRM spans')}`);
    await page.getByRole('button', { name: 'Go to line 2, column 5' }).click();
    const field = page.getByLabel('SQL', { exact: true });
    const chosen = () =>
      field.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
    expect(await chosen()).toBe('spans');
    await screenshot(page, 'sql-error');
    await field.fill("SELECT name FROM spans WHERE name = 'nobody'");
    await page.keyboard.press('Control+Enter');
    await text('It ran and found nothing: its columns are name.');
    // What the browser says of the refusal.
    complaints.splice(0, 1);
  });
});

describe('the list of traces, live', () => {
  it('shows a trace when it has come, without being asked again', async () => {
    await page.goto('/traces?service=late-shop');
    await text(/No results/);
    await page.getByRole('button', { name: 'Live: off' }).click();
    const listening = page.getByRole('button', { name: 'Live: on' });
    expect(await listening.getAttribute('aria-pressed')).toBe('true');
    const spans = agentSpans({
      traceId: traceIdOf('late'),
      start: Date.now() * 1000,
      model: 'gpt-4o-mini',
      asked: 'Are you there?',
      answered: 'Now I am.',
      steps: [],
    });
    await sendSpans(product.url, { 'service.name': 'late-shop' }, spans);
    await page.getByRole('cell', { name: 'late-shop' }).waitFor();
  });
});

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
