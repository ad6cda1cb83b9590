import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from '../collector/server.ts';
import { command } from './command.ts';
import { firstUnprinted, stepsOfPage } from './run-page.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/tutorial/first-scenario.md'), 'utf8');

let directory: string;
let collector: Collector;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-tutorial-'));
  collector = await startCollector({ dataDirectory: join(directory, 'data'), port: 0 });
});
afterAll(async () => {
  await collector?.close();
  await rm(directory, { recursive: true, force: true });
});

describe('the first scenario', () => {
  it('comes about as its page says, step by step', async () => {
    const steps = stepsOfPage(page);
    expect(steps.filter(({ does }) => does === 'run').length).toBeGreaterThan(3);
    for (const step of steps) {
      if (step.does === 'save') {
        await writeFile(join(directory, step.file), step.content);
        continue;
      }
      const args = step.args.map((word) => (word.startsWith('./') ? join(directory, word) : word));
      const out = [
        ...(step.args[0] === 'run' ? ['--out', join(directory, `${steps.indexOf(step)}.jsonl`)] : []),
      ];
      const ended = await command([...args, ...out], { REHEARSE_URL: collector.url });
      const printed = `${ended.out}\n${ended.error}`.replaceAll(`${directory}/`, './');
      expect(firstUnprinted(step.shown, printed), `${step.args.join(' ')} printed\n${printed}`).toBeNull();
    }
  }, 300_000);
});
