import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { randomStream } from '../world/random.ts';
import { readResults } from './results-file.ts';

const program = join(import.meta.dirname, '../testing/slow-run.ts');
const folder = mkdtempSync(join(tmpdir(), 'rehearse-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'results.jsonl');

/** Whole lines of trials, as a reader sees them at this moment. */
function linesNow(): string[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line.startsWith('{"trial"'));
}

/** Runs until `enough` more trials are in the file, and is killed at a random moment then; or to its end. */
async function play(enough: number, random: () => number): Promise<'killed' | 'ended'> {
  const before = linesNow().length;
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<'killed' | 'ended'>((resolve) => {
    child.once('exit', (_, signal) => resolve(signal === 'SIGKILL' ? 'killed' : 'ended'));
  });
  while (child.exitCode === null && linesNow().length < before + enough) await sleep(2);
  await sleep(random() * 30);
  child.kill('SIGKILL');
  return ended;
}

it('loses only trials in flight when it is killed, again and again, and runs none twice', async () => {
  const random = randomStream('kill', 'moments');
  let kept: string[] = [];
  for (let kill = 0; kill < 2; kill++) {
    expect(await play(8, random)).toBe('killed');
    const now = linesNow();
    // What was there is there unchanged: nothing was run again.
    expect(now.slice(0, kept.length)).toEqual(kept);
    expect(now.length).toBeGreaterThanOrEqual(kept.length + 8);
    kept = now;
  }
  expect(await play(Number.POSITIVE_INFINITY, random)).toBe('ended');
  expect(linesNow().slice(0, kept.length)).toEqual(kept);
  const { trials, complete } = await readResults(file);
  expect(complete).toBe(true);
  expect(trials).toHaveLength(60);
  expect(new Set(trials.map(({ id }) => id)).size).toBe(60);
  expect(trials.every(({ outcome }) => outcome.kind === 'passed')).toBe(true);
});
