import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencedBlocks } from '../ci/markdown.ts';
import { type Collector, startCollector } from '../collector/server.ts';
import { commandHere } from './command.ts';
import { firstUnprinted, stepsOfPage } from './run-page.ts';

const run = promisify(execFile);
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

describe("your agent's first trace", () => {
  it('is there after the agent of its page has run', async () => {
    const tutorial = readFileSync(
      join(import.meta.dirname, '../docs/tutorial/your-agents-first-trace.md'),
      'utf8',
    );
    const [agent] = stepsOfPage(tutorial).filter((step) => step.does === 'save');
    // Where the packages can be found that the page has its reader install.
    const folder = join(import.meta.dirname, '../node_modules/.cache/first-trace');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'agent.mjs'), agent?.content ?? '');
    const { OPENAI_API_KEY: _, ...inherited } = process.env;
    const env = { ...inherited, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const { stdout } = await run(process.execPath, [join(folder, 'agent.mjs')], { env });
    expect(stdout).toBe('Take a jacket: 14 degrees and windy.\n');
    await collector.settled();
    const { traces } = await (await fetch(`${collector.url}/api/traces`)).json();
    expect(traces).toMatchObject([
      { name: 'invoke_agent first-agent', agent: 'first-agent', spans: 4, modelCalls: 2, toolCalls: 1 },
    ]);
    expect(traces[0].cost).toBeGreaterThan(0);
  });
});

describe('docs/how-to/instrument-your-agent.md', () => {
  const folder = join(import.meta.dirname, '../docs/how-to');
  const shown = fencedBlocks(readFileSync(join(folder, 'instrument-your-agent.md'), 'utf8'), 'js');

  it.each([
    ['langgraph-agent.mjs', 'session=conversation-1', { modelCalls: 2, toolCalls: 0 }],
    ['ai-sdk-agent.mjs', 'agent=weather-sdk', { modelCalls: 2, toolCalls: 1, models: ['gpt-4o-mini'] }],
  ])('shows %s, whose trace arrives', async (file, found, calls) => {
    const example = join(folder, file);
    expect(shown.map((text) => text.trim())).toContain(readFileSync(example, 'utf8').trim());
    const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const { stdout } = await run(process.execPath, [example], { env });
    expect(stdout).toBe('Take a jacket: 14 degrees and windy.\n');
    await collector.settled();
    const { traces } = await (await fetch(`${collector.url}/api/traces?${found}`)).json();
    expect(traces).toMatchObject([{ ...calls, errors: 0, rootReceived: true }]);
  });
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
      const ended = await commandHere([...args, ...out], { REHEARSE_URL: collector.url });
      const printed = `${ended.out}\n${ended.error}`.replaceAll(`${directory}/`, './');
      expect(firstUnprinted(step.shown, printed), `${step.args.join(' ')} printed\n${printed}`).toBeNull();
    }
  }, 300_000);
});
