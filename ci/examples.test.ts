import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadGatePolicy } from '../cli/gate-config.ts';
import { commandLine } from '../cli.ts';
import { CollectorConfig } from '../collector/config.ts';
import { LOG_EVENTS } from '../collector/observe/log.ts';
import { BusinessOutcome } from '../domain/business-outcome.ts';
import { Hello } from '../domain/control.ts';
import { Scenario } from '../domain/scenario.ts';
import { CassetteRules } from '../harness/model/cassette/rules.ts';
import { ModelScript } from '../harness/model/scripted-model.ts';
import { codeSpans, fencedBlocks } from './markdown.ts';
import { commandsOf } from './shell-words.ts';

const root = resolve(import.meta.dirname, '..');
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', '{agents,scenarios,datasets}/**/*.md'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
});

/** Arguments are read as ever, and nothing is done. */
function doNothing(command: Command): void {
  if (command.commands.length === 0) command.action(() => {});
  command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
  command.commands.forEach(doNothing);
}
const program = commandLine({ signal: AbortSignal.abort(), exitWith() {} });
doNothing(program);

/** What the command line says of these words, `null` where it takes them. */
async function complaint(words: string[]): Promise<string | null> {
  try {
    await program.parseAsync(words, { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    return `rehearse ${words.join(' ')}: ${error instanceof Error ? error.message : error}`;
  }
}

describe('commands in blocks', () => {
  const found = pages.flatMap((page) =>
    fencedBlocks(read(page), 'sh').flatMap((block) =>
      commandsOf(block, 'rehearse').map((words): [string, string[]] => [page, words]),
    ),
  );

  it('are found', () => {
    expect(found.length).toBeGreaterThan(60);
    expect(found).toContainEqual([
      'docs/how-to/capture-a-trace.md',
      ['capture', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ]);
  });

  it.each(found)('%s: rehearse %j is one', async (_page, words) => {
    expect(await complaint(words)).toBeNull();
  });

  it('are refused where they are none', async () => {
    expect(await complaint(['run', 'sdr', '--trails', '3'])).toContain("unknown option '--trails'");
    expect(await complaint(['export', '--out', 'x', '--format', 'xml'])).toContain('xml');
    expect(await complaint(['rehearse'])).toContain('unknown command');
  });
});

describe('commands in the text', () => {
  /** What a text need not say: arguments, values of options, which of several commands. */
  const LEFT_OUT =
    /missing required argument|required option .* not specified|argument missing|\(outputHelp\)/;
  const named = pages.flatMap((page) =>
    codeSpans(read(page)).flatMap((span) =>
      commandsOf(span.replaceAll('<', '‹'), 'rehearse').map((words): [string, string[]] => [page, words]),
    ),
  );

  it('are commands with options that they have', async () => {
    expect(named.length).toBeGreaterThan(100);
    const wrong: string[] = [];
    for (const [page, words] of named) {
      const problem = /^\w/.test(words[0] ?? '') ? await complaint(words) : null;
      if (problem !== null && !LEFT_OUT.test(problem)) wrong.push(`${page}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  });
});

const jsonOf = (page: string) => fencedBlocks(read(page), 'json').map((block): unknown => JSON.parse(block));

describe('JSON in blocks', () => {
  beforeAll(() => {
    vi.stubEnv('ALERTS_URL', 'https://alerts.test/hook');
    vi.stubEnv('ALERTS_SECRET', 'whsec_c2VjcmV0');
  });
  afterAll(() => vi.unstubAllEnvs());

  const LogLine = z.looseObject({ event: z.enum(Object.keys(LOG_EVENTS)), level: z.string() });
  const McpServers = z.object({
    mcpServers: z.record(z.string(), z.object({ command: z.literal('npx'), args: z.array(z.string()) })),
  });
  /** By page the schema of each block, in order. */
  const SCHEMAS: Record<string, z.ZodType[]> = {
    'docs/how-to/gate-a-pull-request.md': [CollectorConfig],
    'docs/how-to/keep-and-delete.md': [CollectorConfig],
    'docs/how-to/real-models.md': [CassetteRules],
    'docs/how-to/redact-secrets.md': [CollectorConfig, CollectorConfig],
    'docs/how-to/use-from-a-coding-agent.md': [McpServers],
    'docs/reference/alerts.md': [CollectorConfig],
    'docs/reference/business-outcomes.md': [z.array(BusinessOutcome)],
    'docs/reference/configuration.md': [CollectorConfig],
    'docs/reference/control.md': [Hello],
    'docs/reference/gate.md': [CollectorConfig],
    'docs/reference/scenario.md': [Scenario],
    'docs/reference/self-observation.md': [LogLine],
    'docs/reference/simulated-models.md': [ModelScript],
  };
  /** Run as a whole by tests of their own; or a part of a scenario, with words left out. */
  const ELSEWHERE = ['docs/reference/faults.md', 'docs/how-to/test-your-scenarios.md'];

  it('has a schema wherever it stands', () => {
    const holding = pages.filter((page) => fencedBlocks(read(page), 'json').length > 0);
    expect(holding.toSorted()).toEqual([...Object.keys(SCHEMAS), ...ELSEWHERE].toSorted());
  });

  it.each(Object.entries(SCHEMAS))('of %s is what it says', (page, schemas) => {
    const blocks = jsonOf(page);
    expect(blocks).toHaveLength(schemas.length);
    const wrong = blocks.map((block, place) => schemas[place]?.safeParse(block).error?.message);
    expect(wrong.filter((message) => message !== undefined)).toEqual([]);
  });

  it('of the gate is a policy', async () => {
    const [policy] = jsonOf('docs/how-to/gate-a-pull-request.md');
    expect(policy).toMatchObject({
      gate: await loadGatePolicy(undefined).then(({ trials }) => ({ trials })),
    });
  });

  it('that configures a coding agent names a command', async () => {
    const [servers] = jsonOf('docs/how-to/use-from-a-coding-agent.md');
    const args = McpServers.parse(servers).mcpServers.rehearse?.args ?? [];
    expect(args[0]).toBe('rehearse');
    expect(await complaint(args.slice(1))).toBeNull();
  });

  it('that curl sends are outcomes', () => {
    const [block = ''] = fencedBlocks(read('docs/reference/business-outcomes.md'), 'sh');
    const sent: unknown = JSON.parse(/-d '([\s\S]+)'/.exec(block)?.[1] ?? '');
    expect(z.array(BusinessOutcome).safeParse(sent).error?.message).toBeUndefined();
  });
});

describe('the workflow of docs/how-to/gate-a-pull-request.md', () => {
  it('gives the action inputs that it takes', () => {
    const [block = ''] = fencedBlocks(read('docs/how-to/gate-a-pull-request.md'), 'yaml');
    const { jobs } = z
      .object({
        jobs: z.record(
          z.string(),
          z.object({
            steps: z.array(
              z.object({ uses: z.string(), with: z.record(z.string(), z.unknown()).default({}) }),
            ),
          }),
        ),
      })
      .parse(parse(block));
    const { inputs } = z
      .object({ inputs: z.record(z.string(), z.unknown()) })
      .parse(parse(read('ci/action.yml')));
    const given = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses.includes('rehearse'))
      .flatMap((step) => Object.keys(step.with));
    expect(given).toContain('pack');
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given));
  });
});
