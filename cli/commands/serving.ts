import { type Command, Option } from 'commander';
import { collect, wholeNumber } from '../option-values.ts';
import type { Invocation } from './invocation.ts';
import { dataOption, grpcPortOption, hostOption, portOption, serverConfigOption } from './shared-options.ts';

/** Commands that start all of Rehearse. */
export function servingCommands(program: Command, { signal, exitWith }: Invocation): void {
  program.commandsGroup('Serve and try out:');
  program
    .command('serve')
    .description('start ClickHouse, the collector and the dashboard, and stay up')
    .option(...portOption)
    .option(...grpcPortOption)
    .option(...hostOption)
    .option('--allowed-host <name>', 'a name under which it is reached; several may be given', collect)
    .option(...dataOption)
    .option(...serverConfigOption)
    .addOption(
      new Option('--log <form>', 'lines for people, or JSON on standard output')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .option('--self-traces', 'trace Rehearse itself, into the project "rehearse"')
    .option('--dev', 'serve the dashboard from its sources, reloading on every change')
    .action(async (options) => {
      const { serve } = await import('../serve.ts');
      exitWith(await serve({ ...options, signal }));
    });

  program
    .command('seed')
    .description('play a simulated sales campaign into the store: traces, messages, replies')
    .option('--days <number>', 'how long it has been running', wholeNumber(1, 365), 30)
    .option('--leads <number>', 'leads that are first written to each day', wholeNumber(1, 2000), 60)
    .option('--seed <text>', 'same seed, same campaign', '1')
    .option(...dataOption)
    .action(async (options) => {
      const { seed } = await import('../seed.ts');
      exitWith(await seed({ ...options, signal }));
    });

  program
    .command('demo')
    .description('the whole path in a minute: serve, rehearse the sdr pack, judge, show')
    .option('--once', 'end after the verdict, with its exit code')
    .option(...portOption)
    .option(...dataOption)
    .action(async (options) => {
      const { demo } = await import('../demo.ts');
      exitWith(await demo({ ...options, signal }));
    });
}
