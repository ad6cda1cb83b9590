import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../domain/errors.ts';
import { baselineText, bless, parseBaseline, readBaseline, writeBaseline } from './baseline.ts';
import { MISSED, PASSED, sampleReport, sampleRun, VOID } from './sample-run.ts';

const trials = [
  sampleReport('sdr/reply', 1, MISSED),
  sampleReport('sdr/reply', 0, PASSED),
  sampleReport('sdr/opt-out', 0, PASSED),
];

function withCode(code: ErrorCode, message: RegExp) {
  return expect.objectContaining({ code, message: expect.stringMatching(message) });
}

describe('bless', () => {
  it('counts the trials of each scenario', () => {
    expect(bless(sampleRun(), trials)).toEqual({
      version: 1,
      pack: 'sdr',
      agent: 'alice-react',
      model: 'sim/sdr',
      blessedFrom: sampleRun().id,
      at: '2026-11-18T11:07:40.000Z',
      scenarios: {
        'sdr/opt-out': { digest: 'digest of sdr/opt-out', passed: 1, failed: 0 },
        'sdr/reply': { digest: 'digest of sdr/reply', passed: 1, failed: 1 },
      },
    });
  });

  it('leaves out the voids it can bear', () => {
    const many = Array.from({ length: 19 }, (_, index) => sampleReport('sdr/reply', index, PASSED));
    const { scenarios } = bless(sampleRun(), [...many, sampleReport('sdr/reply', 19, VOID)]);
    expect(Object.values(scenarios)).toEqual([{ digest: 'digest of sdr/reply', passed: 19, failed: 0 }]);
  });

  it.each([
    ['without trials', sampleRun(), [], /no trials/],
    [
      'with too many voids',
      sampleRun(),
      [...trials, sampleReport('sdr/reply', 2, VOID)],
      /Void: 1 of 4 trials/,
    ],
    ['that replays a recording', sampleRun({ replayed: true }), trials, /replay/],
    ['that was cut short', sampleRun({ trialsPlanned: 30 }), trials, /3 of 30 planned/],
    [
      'whose scenario was changed half-way',
      sampleRun(),
      [...trials, sampleReport('sdr/reply', 2, PASSED, { digest: 'new' })],
      /one digest of sdr\/reply/,
    ],
  ])('refuses a run %s', (_, run, some, message) => {
    expect(() => bless(run, some)).toThrow(withCode('RUN_NOT_BLESSABLE', message));
  });
});

describe('baselineText', () => {
  it('has one line a scenario, in the order of their ids', () => {
    const { scenarios, ...head } = bless(sampleRun(), trials);
    const turned = { scenarios: Object.fromEntries(Object.entries(scenarios).reverse()), ...head };
    expect(baselineText(turned)).toBe(`{
  "version": 1,
  "pack": "sdr",
  "agent": "alice-react",
  "model": "sim/sdr",
  "blessedFrom": "2026-11-22t17-03-11-4f2a",
  "at": "2026-11-18T11:07:40.000Z",
  "scenarios": {
    "sdr/opt-out": {"digest":"digest of sdr/opt-out","passed":1,"failed":0},
    "sdr/reply": {"digest":"digest of sdr/reply","passed":1,"failed":1}
  }
}
`);
  });

  it('is read back as it was', () => {
    const baseline = bless(sampleRun(), trials);
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
    await writeBaseline(path, bless(sampleRun(), trials));
    expect(await readBaseline(path)).toEqual(bless(sampleRun(), trials));
    expect(await readdir(folder)).toEqual(['baseline.json']);
  });

  it('leaves nothing behind when it cannot be written', async () => {
    const path = join(folder, 'taken');
    await mkdir(path);
    await expect(writeBaseline(path, bless(sampleRun(), trials))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('is missing', async () => {
    await expect(readBaseline(join(folder, 'none.json'))).rejects.toThrow(
      withCode('BASELINE_MISSING', /none\.json/),
    );
  });

  it.each([
    ['is no JSON', '{"version":', /expected JSON/],
    ['is of another version', '{"version":2}', /version: /],
    ['is empty', '{}', /version: /],
    [
      'has no scenarios',
      baselineText({ ...bless(sampleRun(), trials), scenarios: {} }),
      /scenarios: expected at least one/,
    ],
    [
      'has a scenario without trials',
      baselineText(bless(sampleRun(), trials)).replace('"passed":1,"failed":0', '"passed":0,"failed":0'),
      /scenarios\.sdr\/opt-out: expected at least one trial/,
    ],
  ])('%s', async (_, text, message) => {
    const path = join(folder, 'baseline.json');
    await writeFile(path, text);
    await expect(readBaseline(path)).rejects.toThrow(withCode('BASELINE_UNREADABLE', message));
  });

  it('is a folder', async () => {
    await expect(readBaseline(folder)).rejects.toThrow(withCode('BASELINE_UNREADABLE', /EISDIR/));
  });
});
