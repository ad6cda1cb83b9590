import { type Command, Option } from 'commander';
import { moment } from '../moment.ts';
import { names } from '../option-values.ts';
import type { Invocation } from './invocation.ts';
import { dataOption, urlOption } from './shared-options.ts';

/** Commands that change what is stored, or carry it elsewhere. */
export function keepingCommands(program: Command, { signal, exitWith }: Invocation): void {
  program.commandsGroup('Keep what is stored:');
  for (const [task, description] of [
    ['remap', 'read stored spans again with the mapper of this version, prices included'],
    ['reprice', 'price stored calls again by the price list of this version'],
  ] as const) {
    const command = program
      .command(task)
      .description(description)
      .option('--from <time>', 'spans that start then or later: 2026-11-22, or a time in ISO 8601', moment)
      .option('--to <time>', 'spans that start then or before', moment);
    if (task === 'remap') command.option('--all', 'also spans that this version of the mapper has read');
    command
      .option(...urlOption)
      .option(...dataOption)
      .action(async (options) => {
        const { maintain } = await import('../maintain.ts');
        exitWith(await maintain(task, { ...options, signal }));
      });
  }

  program
    .command('retention')
    .description('remove what is past its age by rehearse.config.json, as the collector does once a day')
    .option('--dry-run', 'show how many rows and bytes would go, and change nothing')
    .option('--trust-clock', 'the clock is right, though it leapt')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { retention } = await import('../retention.ts');
      exitWith(await retention({ ...options, signal }));
    });

  const deleter = program
    .command('delete')
    .description('delete for good what is stored, also where it is sent again');
  for (const [kind, what, id] of [
    ['trace', 'a trace, with its log records and the trial it was made in', 'its 32 hex digits'],
    [
      'subject',
      'everything of a lead, a session or a user: its traces, records and outcomes',
      'as spans and outcomes name it',
    ],
    ['project', 'everything a project holds up to now', 'as `rehearse project list` shows it'],
  ] as const) {
    deleter
      .command(kind)
      .description(what)
      .argument('<id>', id)
      .option('--yes', 'delete; without it what would be deleted is shown')
      .option(...urlOption)
      .option(...dataOption)
      .action(async (id: string, options) => {
        const { deleteData } = await import('../delete.ts');
        exitWith(await deleteData({ kind, id, ...options, signal }));
      });
  }

  program
    .command('export')
    .description('write what a project holds to Parquet or JSON lines, a file a table, with a manifest')
    .requiredOption('--out <directory>', 'where the files go: a new directory')
    .option('--from <time>', 'what happened then or later: 2026-11-22, or a time in ISO 8601', moment)
    .option('--to <time>', 'what happened before', moment)
    .option('--tables <names>', 'only these tables, parted by commas', names)
    .addOption(
      new Option('--format <name>', 'form of the files').choices(['parquet', 'jsonl']).default('parquet'),
    )
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { exportData } = await import('../export.ts');
      exitWith(await exportData({ ...options, signal }));
    });

  program
    .command('backup')
    .description('back up everything while it is in use: all projects, what waits on disk, the configuration')
    .argument('<directory>', 'where it goes: a new directory')
    .option(
      '--config <file>',
      'configuration to keep with it; default: rehearse.config.json, where there is one',
    )
    .option(...urlOption)
    .option(...dataOption)
    .action(async (directory: string, options) => {
      const { backup } = await import('../backup.ts');
      exitWith(await backup({ directory, ...options, signal }));
    });

  program
    .command('restore')
    .description('bring a backup back into an empty store, row for row; no collector may run on it')
    .argument('<directory>', 'what `rehearse backup` wrote')
    .option('--into', 'add it to what is stored already')
    .option(...dataOption)
    .action(async (directory: string, options) => {
      const { restore } = await import('../backup.ts');
      exitWith(await restore({ directory, ...options }));
    });
}
