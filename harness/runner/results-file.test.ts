import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { Run } from '../../domain/run.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros, nanoUsd } from '../../domain/units.ts';
import { exampleRecord } from '../scorers/example-record.ts';
import { createProgress } from './progress.ts';
import { openResults, readResults } from './results-file.ts';
import { trialIdOf } from './trial-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'rehearse-results-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const freshPath = () => join(folder, `${files++}.jsonl`);

const run = Run.parse({
  id: 'run-1',
  pack: 'desk',
  agent: 'worker',
  agentVersion: '1',
  model: 'sim/clerk',
  simulated: true,
  replayed: false,
  seed: 'seven',
  commit: null,
  trialsPlanned: 3,
  start: 0,
  end: null,
  verdict: null,
});

function trial(index: number, outcome: Trial['outcome'] = { kind: 'passed' }): Trial {
  const { scenario, figures } = exampleRecord();
  return {
    id: trialIdOf(run.id, scenario.id, index),
    runId: run.id,
    scenario,
    digest: 'd',
    index,
    seed: `s${index}`,
    attempts: 1,
    start: micros(index),
    outcome,
    scores: [],
    journal: [],
    calls: [],
    turns: [{ from: 'user', text: 'Grüße\n🙂' }],
    ending: { kind: 'cut-off', explanation: 'the wall limit of 60 s was reached' },
    traceId: null,
    traceComplete: false,
    replayed: false,
    figures: { ...figures, cost: nanoUsd(2e7) },
  };
}

async function written(...indexes: number[]): Promise<string> {
  const path = freshPath();
  const writer = await openResults(path, run);
  await Promise.all(indexes.map((index) => writer.append(trial(index))));
  await writer.close();
  return path;
}

describe('the results file', () => {
  it('gives back what was written, in the order of index', async () => {
    const path = freshPath();
    const writer = await openResults(path, run);
    await Promise.all([2, 0, 1].map((index) => writer.append(trial(index))));
    await writer.end(micros(99));
    const results = await readResults(path);
    expect(results).toEqual({
      run: { ...run, end: 99 },
      trials: [0, 1, 2].map((index) => trial(index)),
      complete: true,
    });
  });

  it('drops a line that was cut, at any byte, and resumes after it', async () => {
    const path = await written(0, 1);
    const whole = readFileSync(path);
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (const cut of [lastLine, lastLine + 1, lastLine + 700, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, cut);
      expect((await readResults(path)).trials.map(({ index }) => index)).toEqual([0]);
      const writer = await openResults(path, run);
      expect([...writer.done]).toEqual([trial(0).id]);
      await writer.append(trial(1));
      await writer.close();
      expect(readFileSync(path).equals(whole)).toBe(true);
    }
  });

  it('takes the end off a file that is resumed', async () => {
    const path = await written(0);
    await (await openResults(path, run)).end(micros(5));
    const writer = await openResults(path, run);
    await writer.append(trial(1));
    await writer.end(micros(6));
    expect(await readResults(path)).toMatchObject({ run: { end: 6 }, trials: [{ index: 0 }, { index: 1 }] });
  });

  it.each([
    ['garbage in the middle', '{"trial":\n{"end":5}\n', 'line 3 is not JSON'],
    ['a line of another shape', '{"trail":{}}\n', 'line 3 is neither a run, a trial nor an end'],
    ['a second run', `${JSON.stringify({ run })}\n`, 'line 3: expected the run first, and once'],
    ['a line after the end', '{"end":5}\n{"end":5}\n', 'line 4: expected nothing after the end'],
  ])('refuses %s', async (_, text, message) => {
    const path = await written(0);
    appendFileSync(path, text);
    await expect(readResults(path)).rejects.toMatchObject({ code: 'RESULTS_UNREADABLE' });
    await expect(readResults(path)).rejects.toThrow(message);
  });

  it("refuses a missing, an empty and another run's file", async () => {
    await expect(readResults(join(folder, 'none'))).rejects.toMatchObject({ code: 'RESULTS_UNREADABLE' });
    const empty = freshPath();
    writeFileSync(empty, '');
    await expect(readResults(empty)).rejects.toThrow('empty file');
    const other = openResults(await written(0), Run.parse({ ...run, id: 'run-2' }));
    await expect(other).rejects.toThrow('expected the trials of run run-2, got those of run-1');
  });
});

describe('the progress', () => {
  const failed = trial(1, { kind: 'failed', failure: 'harm', explanation: 'sent twice' });

  it('is a line a trial where no terminal is', () => {
    const stream = new PassThrough();
    const progress = createProgress(stream, 2);
    progress.add(trial(0));
    progress.add(failed);
    progress.stop();
    expect(stream.read().toString()).toBe(
      '1/2 passed example/one #1\n2/2 failed (harm) example/one #2: sent twice\npass 1, fail 1, void 0, $0.04\n',
    );
  });

  it('is a bar with the counts on a terminal', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
    const progress = createProgress(stream, 2);
    progress.add(failed);
    progress.stop();
    expect(stream.read().toString()).toMatch(/1\/2 {2}pass 0 {2}fail 1 {2}void 0 {2}\$0\.02/);
  });
});
