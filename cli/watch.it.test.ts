import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from '../collector/server.ts';
import { commandHere, startCommand } from './command.ts';
import { differences } from './watch.ts';

const page = join(import.meta.dirname, '../docs/tutorial/first-scenario.md');

let directory: string;
let collector: Collector;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-watch-test-'));
  collector = await startCollector({ dataDirectory: join(directory, 'data'), port: 0 });
});
afterAll(async () => {
  await collector?.close();
  await rm(directory, { recursive: true, force: true });
});

describe('rehearse run --watch', () => {
  it('runs again when the scenario has changed, says what differs, and ends when it is told to', async () => {
    const [empty, due] = [...(await readFile(page, 'utf8')).matchAll(/^```json title=.*\n([\s\S]*?)^```$/gm)];
    const file = join(directory, 'stop.json');
    await writeFile(file, empty?.[1] ?? '');
    const running = startCommand(['run', file, '--trials', '1', '--watch'], { REHEARSE_URL: collector.url });
    await running.printed(/watching .*stop\.json/);
    await writeFile(file, due?.[1] ?? '');
    await running.printed(/since the last round\nsdr\/tutorial\/stop {2}✗ → ✓\n\nwatching/);
    running.interrupt();
    expect((await running.ended).exit).toBe(0);
  });

  it('takes one agent and one model', async () => {
    const { exit, error } = await commandHere([
      'run',
      'sdr',
      '--watch',
      '--model',
      'sim/sdr',
      '--model',
      'sim/sdr+loops',
    ]);
    expect(error).toMatch(/USAGE: expected one agent and one model beside --watch/);
    expect(exit).toBe(2);
  });

  it('names what went otherwise, is new or is gone, and nothing else', () => {
    const before = new Map([
      ['a', '✓✓'],
      ['b', '✓✗'],
      ['c', '✓'],
    ]);
    const after = new Map([
      ['a', '✓✓'],
      ['b', '✓✓'],
      ['d', '○'],
    ]);
    expect(differences(before, after)).toEqual([
      '',
      'since the last round',
      'b  ✓✗ → ✓✓',
      'c  ✓ → gone',
      'd  new → ○',
    ]);
    expect(differences(before, before)).toEqual(['', 'as in the last round']);
  });
});
