import * as bot from '../agents/repo-bot/index.ts';
import { createWorld, openDoor, randomStream } from '../harness/index.ts';
import { featureRequest } from '../scenarios/repo-bot/feature-request.ts';
import { namedFiles, precisionAt, recallAt } from '../scenarios/repo-bot/names-files.ts';
import { repoBot } from '../scenarios/repo-bot/pack.ts';
import { type RepositoryTask, TASKS } from '../scenarios/repo-bot/repositories.ts';
import { benchOptions, type Figure, quantile, report } from './report.ts';

/**
 * How many of the files that a feature request touches the bot names, with and without each source of its search: the
 * whole bot on every task of datasets/repository-tasks, with the simulated model. Options: --short (all and none of the
 * sources), --tasks (what it missed, task by task).
 */

const { short } = benchOptions(process.argv);
const SOURCES = ['HYDE', 'QUESTIONS', 'WHERE'] as const;
type Source = (typeof SOURCES)[number];
/** The weights of the sources were chosen by the figures of the other repositories. */
const HELD_OUT = 'honojs/hono';

const subsets: Source[][] = [
  [],
  ['HYDE'],
  ['QUESTIONS'],
  ['WHERE'],
  ['HYDE', 'QUESTIONS'],
  ['HYDE', 'WHERE'],
  ['QUESTIONS', 'WHERE'],
  [...SOURCES],
];
const chosen = short ? subsets.filter(({ length }) => length === 0 || length === SOURCES.length) : subsets;

const door = openDoor({ passthrough: [] });
const [model] = repoBot.models;
if (!model) throw new Error('expected a simulated model');

type Result = { task: RepositoryTask; named: string[] };

async function search(task: RepositoryTask, sources: readonly Source[]): Promise<Result> {
  const { scenario, key } = featureRequest(task);
  const { services, fixtures } = repoBot;
  const spec = repoBot.scenarios[0]?.world;
  if (!spec || !model) throw new Error('expected a scenario and a model');
  const rows = scenario.world.rows;
  const world = createWorld({ spec: { ...spec, rows }, services, fixtures, seed: 'bench', model });
  const switches = Object.fromEntries(
    SOURCES.map((source) => [`REPO_BOT_${source}`, sources.includes(source) ? 'on' : 'off']),
  );
  const request = { message: scenario.start.message, conversationId: task.id };
  await door.inside(world, (environment) =>
    bot.run(request, { ...environment, ...switches }, new AbortController().signal),
  );
  return { task, named: namedFiles(world, key) };
}

/** The mean over tasks, and the range in which it lies in 95 % of draws of as many tasks. */
function mean(values: readonly number[]): { mean: number; low: number; high: number } {
  const random = randomStream('bootstrap', 'tasks');
  const of = (sample: readonly number[]) => sample.reduce((sum, value) => sum + value, 0) / sample.length;
  const draws = Array.from({ length: 2000 }, () =>
    of(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  );
  return { mean: of(values), low: quantile(draws, 0.025), high: quantile(draws, 0.975) };
}

function cell(results: readonly Result[], measure: (named: string[], files: string[]) => number): string {
  const found = mean(results.map(({ task, named }) => measure(named, task.files)));
  const percent = (share: number) => `${Math.round(share * 100)}`;
  return `${percent(found.mean)} % (${percent(found.low)}-${percent(found.high)})`;
}

const figures: Figure[] = [];
const rows: string[][] = [
  [
    'HyDE',
    'questions',
    'where',
    'recall at 5',
    'recall at 10',
    'precision at 5',
    `at 5, ${HELD_OUT}`,
    `at 10, ${HELD_OUT}`,
  ],
];
for (const sources of chosen) {
  const results: Result[] = [];
  for (const task of TASKS) results.push(await search(task, sources));
  const held = results.filter(({ task }) => task.repository === HELD_OUT);
  rows.push([
    ...SOURCES.map((source) => (sources.includes(source) ? 'yes' : '-')),
    cell(results, (named, files) => recallAt(5, named, files)),
    cell(results, (named, files) => recallAt(10, named, files)),
    cell(results, (named, files) => precisionAt(5, named, files)),
    cell(held, (named, files) => recallAt(5, named, files)),
    cell(held, (named, files) => recallAt(10, named, files)),
  ]);
  if (sources.length === 0 || sources.length === SOURCES.length) {
    const name = sources.length === 0 ? 'the words of the request' : 'all sources';
    for (const k of [5, 10]) {
      const { mean: value } = mean(results.map(({ task, named }) => recallAt(k, named, task.files)));
      figures.push({ name: `recall at ${k}, ${name}`, value: 100 * value, unit: '%' });
    }
  }
  if (process.argv.includes('--tasks')) tellMisses(sources, results);
}
door.close();

console.log(
  `\n${TASKS.length} tasks, simulated model ${model.name}; means over tasks, in brackets 95 % of 2000 draws of the tasks\n`,
);
const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows)
  console.log(`  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`);
console.log('');
report('repo-bot', figures);

function tellMisses(sources: readonly Source[], results: readonly Result[]): void {
  for (const { task, named } of results) {
    const missed = task.files.filter((path) => !named.slice(0, 5).includes(path));
    if (missed.length > 0)
      console.log(
        `  ${sources.join('+') || 'none'}: ${task.id}: ${missed.map((path) => `${path} at ${named.indexOf(path) + 1 || '-'}`).join(', ')}`,
      );
  }
}
