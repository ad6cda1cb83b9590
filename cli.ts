import { Command, CommanderError } from 'commander';
import { accessCommands } from './cli/commands/access.ts';
import { gatingCommands } from './cli/commands/gating.ts';
import { importingCommands } from './cli/commands/importing.ts';
import type { Invocation } from './cli/commands/invocation.ts';
import { keepingCommands } from './cli/commands/keeping.ts';
import { readingCommands } from './cli/commands/reading.ts';
import { rehearsingCommands } from './cli/commands/rehearsing.ts';
import { servingCommands } from './cli/commands/serving.ts';
import { ownVersion } from './collector/own-version.ts';
import { AppError } from './domain/errors.ts';

/** Every command with its arguments and options. */
export function commandLine(invocation: Invocation): Command {
  const program = new Command('rehearse')
    .description('Rehearse your agents before they go live; watch them when they do.')
    .version(ownVersion())
    .showHelpAfterError('(rehearse --help lists the commands)')
    .addHelpText(
      'after',
      '\nExit codes: 0 pass, 1 regression, 2 usage, 3 cannot measure, 4 inconclusive where the policy says so, 130 interrupted.',
    )
    .exitOverride();
  for (const addCommands of [
    servingCommands,
    rehearsingCommands,
    gatingCommands,
    readingCommands,
    keepingCommands,
    importingCommands,
    accessCommands,
  ]) {
    addCommands(program, invocation);
  }
  return program.commandsGroup('Help:').helpCommand('help [command]', 'what a command does and takes');
}

/**
 * Runs the command that the arguments name, and prints what it says, errors too.
 *
 * @returns the exit code; the codes are the gate's: 0 pass, 1 regression, 2 usage, 3 cannot measure, 4 inconclusive
 */
export async function runCommand(args: readonly string[], signal: AbortSignal): Promise<number> {
  let exitCode = 0;
  const exitWith = (code: number) => {
    exitCode = code;
  };
  try {
    await commandLine({ signal, exitWith }).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, signal);
  }
}

/** Runs the command that the arguments of this process name, and sets its exit code. */
export async function main(): Promise<void> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupt.abort(new Error(signal)));
  }
  // Who reads has enough, as `rehearse list | head` does: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 3);
  });
  process.exitCode = await runCommand(process.argv.slice(2), interrupt.signal);
}

function report(error: unknown, signal: AbortSignal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (signal.aborted) {
    console.error('rehearse: interrupted');
    return 130;
  }
  if (error instanceof AppError) {
    console.error(`rehearse: ${error.code}: ${error.message}\n  ${error.hint}`);
    return error.exit;
  }
  console.error(error);
  return 3;
}

if (process.argv[1] === import.meta.filename) await main();
