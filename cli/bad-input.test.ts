import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baselineText } from '../ci/baseline.ts';
import { bless } from '../ci/bless.ts';
import { PASSED, sampleReport, sampleRun, sampleTrial } from '../ci/sample-run.ts';
import { AppError } from '../domain/errors.ts';
import { RunId } from '../domain/ids.ts';
import { judgeRun } from './gate.ts';
import { readReports } from './read-reports.ts';

const VOIDED = JSON.stringify({
  kind: 'void',
  cause: 'infrastructure',
  explanation: 'the model answered 503',
});
/** Ten scenarios, three trials each, all passed: whole, it passes. */
const ids = Array.from({ length: 10 }, (_, s) => `sdr/s${s}`);
const run = sampleRun({ trialsPlanned: 30, end: null });
const trials = ids.flatMap((id) => [0, 1, 2].map((index) => sampleTrial(id, index, PASSED)));
const lines = [{ run }, ...trials.map((trial) => ({ trial })), { end: sampleRun().end }].map((line) =>
  JSON.stringify(line),
);
const past = ids.flatMap((id) => Array.from({ length: 12 }, (_, index) => sampleReport(id, index, PASSED)));

let folder: string;
let baseline: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bad-input-'));
  baseline = join(folder, 'baseline.json');
  await writeFile(baseline, baselineText(bless(null, sampleRun({ trialsPlanned: 120 }), past)));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the gate says of a results file of this text: its verdict, or the code of the error that names the cure. */
async function judged(text: string): Promise<string> {
  const file = join(folder, 'results.jsonl');
  await writeFile(file, text);
  try {
    const { run: read, trials: reports } = await readReports(file);
    return (await judgeRun({ run: read, trials: reports, baseline })).verdict.kind;
  } catch (error) {
    if (error instanceof AppError && error.hint) return error.code;
    throw error;
  }
}

describe('a results file', () => {
  it('passes when it is whole', async () => {
    expect(await judged(`${lines.join('\n')}\n`)).toBe('pass');
  });

  it('never passes when it is cut, wherever that is', async () => {
    const whole = `${lines.join('\n')}\n`;
    const seen = new Set<string>();
    for (let length = 0; length < whole.length; length += 997) seen.add(await judged(whole.slice(0, length)));
    seen.add(await judged(whole.slice(0, -1)));
    expect([...seen].sort()).toEqual(['RESULTS_UNREADABLE', 'cannot-measure']);
  });

  it.each([
    ['has no trials', [lines[0], lines.at(-1)], 'cannot-measure'],
    [
      'has a trial of another run',
      [...lines.slice(0, -2), lineOf('other'), lines.at(-1)],
      'RESULTS_UNREADABLE',
    ],
    ['has lines of another version', [lines[0], '{"attempt":{}}'], 'RESULTS_UNREADABLE'],
    ['has a trial twice', [...lines.slice(0, -1), lines[1], lines.at(-1)], 'cannot-measure'],
    ['has two runs', [lines[0], ...lines], 'RESULTS_UNREADABLE'],
    ['is of another model', [lines[0]?.replace('sim/sdr', 'gpt-x'), ...lines.slice(1)], 'cannot-measure'],
    ['is of other scenarios', lines.map((line) => line.replace('digest of', 'new')), 'cannot-measure'],
    ['is void', lines.map((line) => line.replace(JSON.stringify(PASSED), VOIDED)), 'cannot-measure'],
  ])('that %s does not pass', async (_, some, expected) => {
    expect(await judged(`${some.join('\n')}\n`)).toBe(expected);
  });
});

function lineOf(runId: string): string {
  return JSON.stringify({ trial: sampleTrial('sdr/s9', 2, PASSED, { runId: RunId.parse(runId) }) });
}
