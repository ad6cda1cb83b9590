import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../domain/errors.ts';
import { baselineText, parseBaseline } from './baseline.ts';
import { readBaseline, writeBaseline } from './baseline-file.ts';
import { bless } from './bless.ts';
import { MISSED, PASSED, sampleReport, sampleRun } from './sample-run.ts';

const trials = [
  sampleReport('sdr/reply', 1, MISSED),
  sampleReport('sdr/reply', 0, PASSED),
  sampleReport('sdr/opt-out', 0, PASSED),
];

function withCode(code: ErrorCode, message: RegExp) {
  return expect.objectContaining({ code, message: expect.stringMatching(message) });
}

const blessed = bless(null, sampleRun(), trials);

/** A trial of the sample as its baseline writes it. */
const row = (passed: boolean, index: number) =>
  JSON.stringify({
    run: sampleRun().id,
    passed,
    steps: 3,
    virtualDuration: 4_000_000 + index * 1_000_000,
    cost: 4_200_000,
  });

describe('baselineText', () => {
  it('has one line a scenario, in the order of their ids', () => {
    const { scenarios, ...head } = blessed;
    const turned = { scenarios: Object.fromEntries(Object.entries(scenarios).reverse()), ...head };
    expect(baselineText(turned)).toBe(`{
  "version": 2,
  "pack": "sdr",
  "agent": "alice-react",
  "model": "sim/sdr",
  "runs": [
    {"id":"2026-11-22t17-03-11-4f2a","agentVersion":"0.1.0","commit":"b1de927","at":"2026-11-18T11:07:40.000Z"}
  ],
  "scenarios": {
    "sdr/opt-out": {"digest":"digest of sdr/opt-out","trials":[${row(true, 0)}]},
    "sdr/reply": {"digest":"digest of sdr/reply","trials":[${row(true, 0)},${row(false, 1)}]}
  }
}
`);
  });

  it('is read back as it was', () => {
    const baseline = blessed;
    expect(parseBaseline(baselineText(baseline), 'x')).toEqual(baseline);
  });
});

describe('a baseline file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baseline-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is written whole and read back', async () => {
    const path = join(folder, 'baseline.json');
    await writeBaseline(path, blessed);
    expect(await readBaseline(path)).toEqual(blessed);
    expect(await readdir(folder)).toEqual(['baseline.json']);
  });

  it('leaves nothing behind when it cannot be written', async () => {
    const path = join(folder, 'taken');
    await mkdir(path);
    await expect(writeBaseline(path, blessed)).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('is missing', async () => {
    await expect(readBaseline(join(folder, 'none.json'))).rejects.toThrow(
      withCode('BASELINE_MISSING', /none\.json/),
    );
  });

  it.each([
    ['is no JSON', '{"version":', /expected JSON/],
    ['is of another version', '{"version":3}', /version 1 or 2 .* got 3/],
    ['is empty', '{}', /version: /],
    ['has no scenarios', baselineText({ ...blessed, scenarios: {} }), /scenarios: expected at least one/],
    [
      'has a scenario without trials',
      baselineText(blessed).replace(`[${row(true, 0)}]`, '[]'),
      /scenarios\.sdr\/opt-out\.trials: expected at least one trial/,
    ],
  ])('%s', async (_, text, message) => {
    const path = join(folder, 'baseline.json');
    await writeFile(path, text);
    await expect(readBaseline(path)).rejects.toThrow(withCode('BASELINE_UNREADABLE', message));
  });

  it('of the first version is read: its counts are trials of which nothing else is known', () => {
    const old = {
      version: 1,
      ...{ pack: 'sdr', agent: 'alice-react', model: 'sim/sdr' },
      blessedFrom: sampleRun().id,
      at: '2026-11-18T11:07:40.000Z',
      scenarios: { 'sdr/reply': { digest: 'd', passed: 1, failed: 2 } },
    };
    const { version, runs, scenarios } = parseBaseline(JSON.stringify(old), 'x');
    expect([version, runs.map(({ id }) => id)]).toEqual([2, [sampleRun().id]]);
    expect(Object.values(scenarios)[0]?.trials.map(({ passed, cost }) => [passed, cost])).toEqual([
      [true, null],
      [false, null],
      [false, null],
    ]);
  });

  it('is a folder', async () => {
    await expect(readBaseline(folder)).rejects.toThrow(withCode('BASELINE_UNREADABLE', /EISDIR/));
  });
});
