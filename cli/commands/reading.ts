import { type Command, Option } from 'commander';
import { moment } from '../moment.ts';
import { wholeNumber } from '../option-values.ts';
import type { Invocation } from './invocation.ts';
import { dataOption, urlOption } from './shared-options.ts';

/** Commands that ask the store. */
export function readingCommands(program: Command, { signal, exitWith }: Invocation): void {
  program.commandsGroup('Read what is stored:');
  program
    .command('query')
    .description('read-only SQL over the store: the tables are in docs/reference/sql.md')
    .argument('<sql>', "such as 'SELECT model, sum(cost_usd) FROM spans GROUP BY model'")
    .addOption(
      new Option('--format <name>', 'form of the answer').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--limit <number>', 'rows that are shown', wholeNumber(1, 1_000_000), 10_000)
    .option(...urlOption)
    .option(...dataOption)
    .action(async (sql: string, options) => {
      const { query } = await import('../query.ts');
      exitWith(await query({ sql, ...options, signal }));
    });

  program
    .command('loops')
    .description('stored traces that looped: what, how often, and what it wasted')
    .option('--from <time>', 'traces that start then or later; default: seven days ago', moment)
    .option('--to <time>', 'traces that start before', moment)
    .option('--agent <name>', 'only traces in which this agent works')
    .option(
      '--min-steps <number>',
      'steps in a row without progress that make a loop',
      wholeNumber(2, 1_000_000),
      4,
    )
    .addOption(
      new Option('--format <name>', 'form of the answer').choices(['table', 'json']).default('table'),
    )
    .option('--seconds <number>', 'how long to look at most', wholeNumber(1, 86_400), 600)
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { loops } = await import('../loops.ts');
      exitWith(await loops({ ...options, signal }));
    });

  program
    .command('capture')
    .description('turn a stored trace into a draft scenario with its world and a cassette')
    .argument('<trace-id>', 'id of the trace, as its page and `rehearse loops` show it')
    .option('--out <directory>', 'where its files go', '.rehearse/captured')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (traceId: string, options) => {
      const { capture } = await import('../capture.ts');
      exitWith(await capture({ traceId, ...options, signal }));
    });

  program
    .command('mcp')
    .description(
      'tools for coding agents over the store (MCP): search traces, read a trial, explain a verdict',
    )
    .option(...urlOption)
    .option(...dataOption)
    .action(async (options) => {
      const { mcp } = await import('../mcp/mcp.ts');
      exitWith(await mcp({ ...options, signal }));
    });

  program
    .command('alerts')
    .description('alerts on what is stored')
    .command('test')
    .description('send one event to the webhook of the configuration, to see that it arrives')
    .option('--config <file>', 'the configuration; default: rehearse.config.json')
    .action(async (options) => {
      const { testAlerts } = await import('../alerts.ts');
      exitWith(await testAlerts(options));
    });
}
