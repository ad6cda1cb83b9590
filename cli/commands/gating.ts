import type { Command } from 'commander';
import { amount, wholeNumber } from '../option-values.ts';
import type { Invocation } from './invocation.ts';
import {
  agentCommandOption,
  agentNameOption,
  agentUrlOption,
  agentVersionOption,
  configOption,
  dataOption,
  noSpansOption,
  packArgument,
} from './shared-options.ts';

/** Commands that say whether a change is worse, and how sure that is. */
export function gatingCommands(program: Command, { signal, exitWith }: Invocation): void {
  program.commandsGroup('Gate a change:');
  program
    .command('ci')
    .description('rehearse, confirm what looks worse, judge, and write all reports: for a pull request')
    .argument(...packArgument)
    .option('--agent <name>', "agent to rehearse, or path of its entry file; default: the pack's")
    .addOption(agentCommandOption)
    .addOption(agentUrlOption)
    .option(...agentNameOption)
    .option(...agentVersionOption)
    .option('--ab <agent>', 'the build before the change: it takes turns, and latency is compared with it')
    .option(...noSpansOption)
    .option('--model <name>', 'simulated model (default: the first of the pack), or a real one')
    .option(...configOption)
    .option('--baseline <file>', 'baseline of `rehearse bless`; default: the one of the pack')
    .option(
      '--trials <number>',
      "trials of each scenario at the first look; default: the policy's",
      wholeNumber(1, 1000),
    )
    .option('--concurrency <number>', 'trials at the same time, as of `rehearse run`', wholeNumber(1, 200))
    .option('--max-usd <amount>', 'start no trial that the money left may not pay for', amount)
    .option('--max-minutes <number>', 'start no trial after that time', amount)
    .option('--seed <text>', 'same seed, same worlds; default: one of its own for each run')
    .option('--out <directory>', 'where results and reports go', '.rehearse/ci')
    .option(...dataOption)
    .action(async (pack: string, options) => {
      const { agentOf } = await import('../packs.ts');
      const { ci } = await import('../ci.ts');
      exitWith(await ci({ pack, agent: agentOf(pack), ...options, signal }));
    });

  program
    .command('gate')
    .description('judge a results file against a baseline')
    .argument('<results>', 'results file of `rehearse run`')
    .requiredOption('--baseline <file>', 'baseline of `rehearse bless`')
    .option(...configOption)
    .option('--junit <file>', 'write a JUnit report')
    .option('--out <directory>', 'write all reports: verdict.json, JUnit, Markdown, annotations, HTML')
    .option(
      '--pack <name>',
      'pack, or its file, whose lines the annotations name; default: the one of the run',
    )
    .option('--url <url>', 'a collector that stays up, for links to its pages (REHEARSE_URL)')
    .action(async (results: string, options) => {
      const { gate } = await import('../gate.ts');
      exitWith(await gate({ results, ...options }));
    });

  program
    .command('comment')
    .description('write the comment of a report on a pull request of GitHub, or update it')
    .argument('<file>', 'comment.md of `rehearse ci` or `rehearse gate --out`')
    .option('--repository <owner/name>', 'default: GITHUB_REPOSITORY')
    .option('--pull <number>', 'number of the pull request; default: of GITHUB_REF', wholeNumber(1, 1e9))
    .option('--report <url>', 'address of the whole report, added at the end')
    .action(async (file: string, options) => {
      const { comment } = await import('../comment.ts');
      exitWith(await comment({ file, ...options, signal }));
    });

  program
    .command('bless')
    .description('add a run of the main branch to a baseline, or make one of it')
    .argument('<results>', 'results file of `rehearse run`')
    .requiredOption('--out <file>', 'baseline file to add to')
    .option('--fresh', 'begin anew: forget the trials it holds')
    .action(async (results: string, options) => {
      const { bless } = await import('../bless.ts');
      exitWith(await bless({ results, ...options }));
    });

  const poolArgument = [
    '<files...>',
    'a baseline (.json), or results files (.jsonl) of one agent and model',
  ] as const;

  program
    .command('plan')
    .description('how many trials a run needs: what drop it could see, how often it passes, what it costs')
    .argument(...poolArgument)
    .option('--margin <share>', 'drop that a pass rules out; default: that of the policy', amount)
    .option('--max-usd <amount>', 'what the trials may cost', amount)
    .option(...configOption)
    .action(async (files: string[], options) => {
      const { plan } = await import('../plan.ts');
      exitWith(await plan({ files, ...options }));
    });

  for (const [name, description] of [
    ['aa', 'how often the gate fails an agent that did not change, by resampling stored trials'],
    ['power', 'how often the gate catches changes for the worse, planted into stored trials'],
  ] as const) {
    const command = program
      .command(name)
      .description(description)
      .argument(...poolArgument)
      .option('--runs <number>', 'resamples', wholeNumber(1, 100_000), name === 'aa' ? 400 : 200)
      .option('--depth <number>', 'trials of each scenario in a drawn baseline', wholeNumber(1, 1000), 12)
      .option('--seed <text>', 'same seed, same figures', '1')
      .option(...configOption);
    if (name === 'aa') command.option('--bar <share>', 'ends with 1 above this share', amount, 0.05);
    command.action(async (files: string[], options) => {
      if (name === 'aa') {
        const { aa } = await import('../aa.ts');
        exitWith(await aa({ files, ...options }));
      } else {
        const { power } = await import('../power.ts');
        exitWith(await power({ files, ...options }));
      }
    });
  }
}
