/**
 * The waterfall of large traces in a headless browser, the layout of a large graph, and what a first load fetches.
 *
 *   npm run bench -- frames [--rounds 4]
 *
 * Judged is the processor time of the page's main thread, which other work on the machine lengthens less than the clock;
 * the clock stands beside it. Of the rounds the best one is told. Pages are drawn by software: there is no graphics card.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { startProduct } from '../dashboard/e2e/product.ts';
import { traceIdOf } from '../dashboard/e2e/seed/ids.ts';
import { sendSpans } from '../dashboard/e2e/seed/seed.ts';
import { layout } from '../dashboard/src/graph/layout.ts';
import type { TraceId } from '../domain/ids.ts';
import { firstLoadBytes } from './frames/first-load.ts';
import { largeTrace } from './frames/large-trace.ts';
import { MOVES } from './frames/moves.ts';
import { type Frame, recordFrames } from './frames/record-frames.ts';
import { benchOptions, type Figure, quantile, report } from './report.ts';

const options = benchOptions(process.argv);
const sizes = options.short ? [10_000] : [10_000, 50_000];
const rounds = options.number('rounds') ?? (options.short ? 2 : 4);
const frameMillis = 16.7;

/** From the list to the trace, as a click on its row goes, until its first row is drawn. */
async function openTrace(page: Page, traceId: TraceId) {
  await page.goto('/traces?range=1h');
  const link = page.locator(`a[data-row][href="/traces/${traceId}"]`);
  await link.waitFor();
  return recordFrames(page, () =>
    link.evaluate(async (element: HTMLElement) => {
      const began = performance.now();
      const mounted = new Promise<void>((done) => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector('.span-row')) return;
          observer.disconnect();
          done();
        });
        observer.observe(document.body, { childList: true, subtree: true });
      });
      element.click();
      await mounted;
      // The frame that shows it is drawn between these two.
      await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(done));
      return performance.now() - began;
    }),
  );
}

/** 2,500 nodes, each in a chain, with edges ahead, back and to itself. */
function graphMillis(): number {
  const nodes = 2500;
  const edges = Array.from({ length: 4 * nodes }, (_, edge) => {
    const from = edge % nodes;
    const to = edge < nodes ? (from + 1) % nodes : (from * 7 + edge * 13) % nodes;
    return { from, to: edge % 50 === 0 ? from : to };
  });
  const before = process.cpuUsage();
  layout({ nodes, edges });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const p95 = (frames: readonly Frame[], of: keyof Frame) =>
  quantile(
    frames.map((frame) => frame[of]),
    0.95,
  );

async function measureTrace(size: number): Promise<Figure[]> {
  const traceId = traceIdOf('frames', size);
  const spans = largeTrace(traceId, size, Date.now() * 1000 - 600e6);
  await sendSpans(product.url, { 'service.name': 'reader' }, spans);
  await product.settled();
  const opened: { cpu: number; clock: number }[] = [];
  const moved: Record<keyof typeof MOVES, Frame[][]> = { scroll: [], jump: [], zoom: [] };
  let mounted = 0;
  for (let round = 0; round < rounds; round++) {
    const { page } = await product.open();
    const { cpuSince, result: clock } = await openTrace(page, traceId);
    opened.push({ cpu: cpuSince(`/api/traces/${traceId}`), clock });
    for (const [name, move] of Object.entries(MOVES)) {
      moved[name as keyof typeof MOVES].push((await recordFrames(page, () => move(page))).frames);
      mounted = Math.max(mounted, await page.locator('.span-row').count());
    }
    await page.context().close();
  }
  const least = (values: readonly number[]) => Math.min(...values);
  const of = `${size.toLocaleString('en-US')} spans:`;
  const frameFigures = (name: keyof typeof MOVES, words: string, bar?: number): Figure[] => [
    {
      name: `${of} ${words}, p95 frame`,
      value: least(moved[name].map((frames) => p95(frames, 'cpu'))),
      unit: 'CPU ms',
      ...(bar !== undefined && { bar }),
    },
    {
      name: `${of} ${words}, p95 frame by the clock`,
      value: least(moved[name].map((frames) => p95(frames, 'clock'))),
      unit: 'ms',
    },
  ];
  return [
    {
      name: `${of} from the answer to the first row`,
      value: least(opened.map(({ cpu }) => cpu)),
      unit: 'CPU ms',
      bar: 300,
    },
    {
      name: `${of} from the click to the first row by the clock`,
      value: least(opened.map(({ clock }) => clock)),
      unit: 'ms',
    },
    { name: `${of} rows mounted`, value: mounted, unit: 'rows at most', bar: 60 },
    ...frameFigures('scroll', 'scroll', frameMillis),
    ...frameFigures('zoom', 'zoom', frameMillis),
    ...frameFigures('jump', 'to another place'),
  ];
}

const figures: Figure[] = [];
const dashboardDirectory = mkdtempSync(join(tmpdir(), 'rehearse-bench-dashboard-'));
const root = join(import.meta.dirname, '../dashboard');
await build({ root, logLevel: 'error', build: { outDir: dashboardDirectory } });
const product = await startProduct(dashboardDirectory);
try {
  for (const size of sizes) figures.push(...(await measureTrace(size)));
  figures.push(
    {
      name: 'layout of 2,500 nodes and 10,000 edges, the first time',
      value: graphMillis(),
      unit: 'CPU ms',
      bar: 100,
    },
    {
      name: 'first load, gzipped',
      value: firstLoadBytes(product.dashboardDirectory) / 1000,
      unit: 'kB',
      bar: 250,
    },
  );
} finally {
  await product.close();
  rmSync(dashboardDirectory, { recursive: true, force: true });
}
report('frames', figures);
