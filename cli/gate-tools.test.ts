import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { baselineText } from '../ci/baseline.ts';
import { baseline } from '../ci/sample-gate.ts';
import { aa } from './aa.ts';
import { plan } from './plan.ts';
import { power } from './power.ts';
import { readPool } from './read-pool.ts';

let folder: string;
let file: string;
const printed: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gate-tools-'));
  file = join(folder, 'baseline.json');
  const mixed = Array.from({ length: 20 }, (_, s) => (s * 5) % 13);
  await writeFile(file, baselineText(baseline(mixed, 12)));
});
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
});
afterAll(() => rm(folder, { recursive: true }));

const drawn = { runs: 30, depth: 12, seed: '1' };

describe('rehearse plan, aa and power', () => {
  it('plan prints sizes with prices, and the smallest that is enough', async () => {
    expect(await plan({ files: [file], margin: 0.15 })).toBe(0);
    const text = printed.join('\n');
    expect(text).toMatch(/^sdr: alice-react on sim\/sdr, 20 scenarios/);
    expect(text).toMatch(/\n3 +\$0\.24 +\d+\.\d points/);
    expect(text).toMatch(/enough for a margin of 15 %: \d+ trials of each scenario \(\$\d/);
    await plan({ files: [file], margin: 0.01, maxUsd: 0.1 });
    expect(printed.at(-1)).toMatch(/^nothing here lets an unchanged agent pass/);
  });

  it('aa prints the false alarms, the same for the same seed, and ends with 1 above the bar', async () => {
    expect(await aa({ files: [file], ...drawn, bar: 0.2 })).toBe(0);
    const [, first] = printed.splice(0);
    expect(first).toMatch(/^false alarms {2}.* of 30; 95 % interval /);
    await aa({ files: [file], ...drawn, bar: 0.2 });
    expect(printed[1]).toBe(first);
    const policy = join(folder, 'strict.json');
    // A suite test that takes every second run for worse.
    await writeFile(policy, JSON.stringify({ gate: { alpha: 0.5, smallestDrop: 0, extraLooks: 0 } }));
    expect(await aa({ files: [file], ...drawn, bar: 0.05, config: policy })).toBe(1);
  });

  it('power catches more, the larger the drop', async () => {
    expect(await power({ files: [file], ...drawn, runs: 10 })).toBe(0);
    const caught = [...printed.join('\n').matchAll(/by (\d+) points +(\d+) %/g)].map(([, , share]) =>
      Number(share),
    );
    expect(caught).toHaveLength(4);
    expect(caught[3]).toBeGreaterThan(caught[0] ?? 100);
  });

  it.each([
    ['several baselines', ['a.json', 'b.json'], 'USAGE'],
    ['nothing', [], 'USAGE'],
    ['a baseline that is not there', ['none.json'], 'BASELINE_MISSING'],
    ['results that are not there', ['none.jsonl'], 'RESULTS_UNREADABLE'],
  ])('refuse %s', async (_, files, code) => {
    await expect(readPool(files)).rejects.toMatchObject({ code });
  });
});
