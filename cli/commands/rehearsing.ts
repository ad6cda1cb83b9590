import { type Command, Option } from 'commander';
import { AppError } from '../../domain/errors.ts';
import { amount, collect, names, wholeNumber, wholeNumbers } from '../option-values.ts';
import type { Invocation } from './invocation.ts';
import {
  agentCommandOption,
  agentNameOption,
  agentUrlOption,
  agentVersionOption,
  dataOption,
  grpcPortOption,
  hostOption,
  noSpansOption,
  packArgument,
  portOption,
  serverConfigOption,
  urlOption,
} from './shared-options.ts';

/** Commands that play scenarios, and judge what was played. */
export function rehearsingCommands(program: Command, { signal, exitWith }: Invocation): void {
  program.commandsGroup('Rehearse an agent:');
  program
    .command('run')
    .description('rehearse an agent on a pack of scenarios and judge it')
    .argument('<pack>', `${packArgument[1]}; "all": each pack with its agent`)
    .option(
      '--agent <name>',
      "agent to rehearse, or path of its entry file; default: the pack's; several take turns",
      collect,
    )
    .addOption(agentCommandOption)
    .addOption(agentUrlOption)
    .option(...agentNameOption)
    .option(...agentVersionOption)
    .option(...noSpansOption)
    .option(
      '--model <name>',
      'simulated model (sim/..., script:<moves.json>; default: the first of the pack), or a real one behind OPENAI_BASE_URL; several take turns',
      collect,
    )
    .option('--cassette <path>', 'record a real model to this directory, or .jsonl file, and replay it')
    .addOption(
      new Option('--cassette-mode <mode>', 'what is recorded, and what replayed')
        .choices(['auto', 'record', 'strict', 'off'])
        .default('auto'),
    )
    .option('--scenario <id...>', 'only these scenarios, judged without the baseline of the pack')
    .option('--trials <number>', 'trials of each scenario', wholeNumber(1, 1000), 3)
    .option(
      '--concurrency <number>',
      'trials at the same time (default: 8; of a real model at most 100, by what its provider bears)',
      wholeNumber(1, 200),
    )
    .addOption(
      new Option('--workers <number>', 'processes for an agent that computes much')
        .argParser(wholeNumber(1, 64))
        .conflicts(['agentCommand', 'agentUrl']),
    )
    .option('--max-usd <amount>', 'start no trial that the money left may not pay for', amount)
    .option('--max-minutes <number>', 'start no trial after that time', amount)
    .option('--seed <text>', 'same seed, same worlds', '1')
    .addOption(
      new Option('--watch', 'run again after each change of the scenarios or the agent').conflicts([
        'out',
        'agentCommand',
        'agentUrl',
      ]),
    )
    .option(
      '--out <file>',
      'results file (JSONL; of several runs a directory), an unfinished one is resumed; default: in <data>/results',
    )
    .option('--baseline <file>', 'baseline to judge against; default: the one of the pack')
    .option('--junit <file>', 'write a JUnit report')
    .option(...dataOption)
    .action(async (pack: string, options, command: Command) => {
      const { agentOf, allPacks } = await import('../packs.ts');
      if (pack === 'all') {
        refuseBesideAll(command);
        const { runPacks } = await import('../run-packs.ts');
        exitWith(await runPacks({ packs: await allPacks(), ...options, signal }));
        return;
      }
      const { agent = [agentOf(pack)], model = [undefined] } = options;
      if (options.watch) {
        const { watch } = await import('../watch.ts');
        const args = process.argv.slice(2).filter((word) => word !== '--watch');
        exitWith(await watch({ args, pack, agent, model, data: options.data, signal }));
        return;
      }
      const { run } = await import('../run.ts');
      exitWith(await run({ pack, ...options, agent, model, signal }));
    });

  program
    .command('list')
    .description('every scenario with its pack, cluster and tags')
    .argument(
      '[pack]',
      'name of a pack, or path of a file of scenarios (.json, .ts, .js); default: all packs',
    )
    .option('--json', 'as JSON')
    .action(async (pack: string | undefined, options) => {
      const { list } = await import('../list.ts');
      exitWith(await list({ pack, ...options }));
    });

  program
    .command('compare')
    .description(
      'play agents with several numbers of tools and several models on the same scenarios, and compare them',
    )
    .argument('[pack]', 'name of a pack, or path of a file of scenarios (.json, .ts, .js)', 'sdr')
    .requiredOption('--agents <names>', 'agents, parted by commas', names)
    .option(
      '--tools <numbers>',
      'tools that an agent is given at most, parted by commas',
      wholeNumbers(1, 100),
      [5, 10, 20],
    )
    .requiredOption('--models <names>', 'models, parted by commas: sim/... or real ones', names)
    .option('--scenario <id...>', 'only these scenarios')
    .option('--trials <number>', 'trials of each scenario in each setting', wholeNumber(1, 1000), 1)
    .option('--concurrency <number>', 'trials at the same time', wholeNumber(1, 200), 8)
    .option('--seed <text>', 'same seed, same worlds', '1')
    .option('--out <file>', 'write it too, as a page with charts (.html) or as data (.json)')
    .option(...dataOption)
    .action(async (pack: string, options) => {
      const { compare } = await import('../compare/compare.ts');
      exitWith(await compare({ pack, ...options, signal }));
    });

  program
    .command('doctor')
    .description(
      'test scenarios without any agent or model: what they name, expect, catch and let pass; or test this machine',
    )
    .argument('[pack]', packArgument[1])
    .option('--system', 'look at disk, memory, clock, ports, versions, keys and ClickHouse instead')
    .option('--json', 'as JSON')
    .option(...dataOption)
    .option(...portOption)
    .option(...grpcPortOption)
    .option(...hostOption)
    .option(...serverConfigOption)
    .action(async (pack: string | undefined, { system, json, ...options }) => {
      if (system && pack === undefined) {
        const { systemDoctor } = await import('../system/system-doctor.ts');
        exitWith(await systemDoctor({ ...options, json, env: process.env, signal }));
        return;
      }
      if (system || pack === undefined) {
        throw new AppError('USAGE', 'doctor: expected either a pack to test or --system');
      }
      const { doctor } = await import('../doctor.ts');
      exitWith(await doctor({ pack, json, signal }));
    });

  program
    .command('verify')
    .description('play a pack several times with the same seed and compare what happened')
    .argument('<pack>', "name or file of a pack, or a directory with tau-bench's recorded airline runs")
    .option('--agent <name>', "agent, or path of its entry file; default: the pack's")
    .option('--model <name>', 'simulated model; default: the first of the pack')
    .option('--trials <number>', 'trials of each scenario', wholeNumber(1, 1000), 1)
    .option('--concurrency <numbers>', 'trials at the same time, a round each', wholeNumbers(1, 200), [1, 16])
    .option('--seed <text>', 'same seed, same worlds', '1')
    .action(async (pack: string, options) => {
      const { agentOf } = await import('../packs.ts');
      const { verify } = await import('../verify.ts');
      exitWith(await verify({ pack, agent: agentOf(pack), ...options, signal }));
    });

  program
    .command('score')
    .description('judge stored trials again with the scorers of this version, without agents')
    .argument('<results>', 'results file of `rehearse run`')
    .option(
      '--pack <name>',
      'pack whose services and checks they are judged by, or its file; default: the one of the run',
    )
    .option('--out <file>', 'write the trials as they are judged now; default: write nothing')
    .option(...urlOption)
    .option(...dataOption)
    .action(async (results: string, options) => {
      const { score } = await import('../score.ts');
      exitWith(await score({ results, ...options, signal }));
    });
}

/** Agents, models and scenarios are a pack's own. */
function refuseBesideAll(command: Command): void {
  const taken = ['trials', 'seed', 'out', 'data'];
  const given = command.options.filter(
    (option) => command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  const refused = given.find((option) => !taken.includes(option.attributeName()));
  if (refused) {
    const expected = taken.map((name) => `--${name}`).join(', ');
    throw new AppError('USAGE', `run all: expected no options but ${expected}, got ${refused.long}`);
  }
}
