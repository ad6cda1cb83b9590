import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Reply } from './invoke-agent.ts';
import { runFromCommandLine } from './main.ts';

const { argv } = process;
let printed: string[] = [];
beforeEach(() => {
  printed = [];
  for (const stream of ['log', 'error'] as const)
    vi.spyOn(console, stream).mockImplementation((text) => void printed.push(`${stream}: ${text}`));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.argv = argv;
  process.exitCode = undefined;
});

/** What a program of an agent that does this prints, and its exit code. */
async function programOf(run: () => Promise<Reply>, ...words: string[]) {
  process.argv = ['node', 'main.ts', ...words];
  await runFromCommandLine({ identity: { name: 'lee', version: '1' }, run });
  return { printed, exitCode: process.exitCode };
}

it('ends with 0 when the agent came to an end', async () => {
  const run = async () => ({ said: ['Done.'], finished: true });
  expect(await programOf(run, 'Go')).toEqual({ printed: ['log: Done.'], exitCode: 0 });
});

it('says that the agent stopped at its limit, and ends with 1', async () => {
  const run = async () => ({ said: [], finished: false });
  expect(await programOf(run, 'Go')).toEqual({
    printed: ['error: lee was cut short before it came to an end.'],
    exitCode: 1,
  });
});

it('says why the agent cannot start, and ends with 1', async () => {
  const run = () => Promise.reject(new Error('cannot start: OPENAI_MODEL'));
  expect(await programOf(run, 'Go')).toEqual({ printed: ['error: cannot start: OPENAI_MODEL'], exitCode: 1 });
});

it('says how it is used where it is told nothing, and ends with 2', async () => {
  const run = () => Promise.reject(new Error('not to be run'));
  expect(await programOf(run)).toEqual({
    printed: ['error: usage: node agents/lee/main.ts "what lee is to do"'],
    exitCode: 2,
  });
});
