import { type Command, Option } from 'commander';
import type { Invocation } from './invocation.ts';
import { dataOption, urlOption } from './shared-options.ts';

/** Commands that read the files of others, and of `rehearse export`. */
export function importingCommands(program: Command, { signal, exitWith }: Invocation): void {
  program.commandsGroup('Bring in tasks and data:');
  const importer = program
    .command('import')
    .description('turn tasks and recorded runs of others into scenarios');

  for (const [name, description, holds] of [
    [
      'tau2',
      "tau2-bench's airline and retail tasks, as pack files",
      'a checkout of it, or its data/tau2/domains',
    ],
    ['bfcl', "BFCL's multi-turn tasks, as pack files", 'BFCL_v4_multi_turn_*.json and possible_answer/'],
  ] as const) {
    importer
      .command(name)
      .description(description)
      .argument('<directory>', holds)
      .option('--out <directory>', 'where the pack files go', '.rehearse/packs')
      .action(async (directory: string, options) => {
        const { importTasks } = await import('../import-tasks.ts');
        const { importTau2, importBfcl } = await import('../../harness/index.ts');
        const read = name === 'tau2' ? importTau2 : importBfcl;
        exitWith(await importTasks({ read, directory, ...options }));
      });
  }

  importer
    .command('store')
    .description('what `rehearse export` wrote, into a store; again changes nothing')
    .argument('<directory>', 'directory that holds export.json')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (directory: string, options) => {
      const { importData } = await import('../export.ts');
      exitWith(await importData({ directory, ...options, signal }));
    });

  importer
    .command('tau-airline')
    .description("tau-bench's airline world and its recorded gpt-4o runs")
    .argument('<directory>', 'directory that holds flights.json, users.json, reservations.json and the runs')
    .addOption(
      new Option('--door <name>', 'way into the world: intercepted requests, or the HTTP gateway')
        .choices(['in-process', 'http'])
        .default('in-process'),
    )
    .option(...dataOption)
    .action(async (directory: string, options) => {
      const { importTauAirlineRuns } = await import('../import-tau-airline.ts');
      exitWith(await importTauAirlineRuns({ directory, ...options, signal }));
    });
}
