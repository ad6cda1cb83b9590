import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { format } from 'node:util';
import { context, diag, propagation, trace } from '@opentelemetry/api';
import { vi } from 'vitest';
import { runCommand } from '../cli.ts';

const root = join(import.meta.dirname, '..');

/** What a command printed, and how it ended. */
export type Ended = { exit: number | null; out: string; error: string };

/** A `rehearse` command under way, for tests. */
export type Running = {
  /** Waits until standard output holds a match. Rejects when the command ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** As Ctrl+C does. */
  interrupt(): void;
  ended: Promise<Ended>;
};

/** Starts `node cli.ts ...args` with this environment on top of the process's own. */
export function startCommand(args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ['cli.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    error += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, out, error }));
  });
  return {
    ended,
    interrupt: () => child.kill('SIGINT'),
    printed(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(out);
          if (match) resolve(match);
        };
        child.stdout.on('data', look);
        ended.then(() => reject(new Error(`it ended without ${pattern}:\n${out}${error}`)), reject);
        look();
      });
    },
  };
}

/** Runs a command to its end. */
export function command(args: readonly string[], environment?: Record<string, string>): Promise<Ended> {
  return startCommand(args, environment).ended;
}

/**
 * Runs a command to its end in this process, which has loaded already what it needs. One at a time: output, environment
 * and telemetry are the process's.
 */
export async function commandHere(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  const out: Buffer[] = [];
  const error: Buffer[] = [];
  const writeTo = (chunks: Buffer[]) => (chunk: string | Uint8Array) => chunks.push(Buffer.from(chunk)) > 0;
  const logTo =
    (chunks: Buffer[]) =>
    (...words: unknown[]) =>
      void chunks.push(Buffer.from(`${format(...words)}\n`));
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(writeTo(out)),
    vi.spyOn(process.stderr, 'write').mockImplementation(writeTo(error)),
    vi.spyOn(console, 'log').mockImplementation(logTo(out)),
    vi.spyOn(console, 'error').mockImplementation(logTo(error)),
  ];
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  // The agent starts its own, as it does in a process of its own.
  for (const api of [trace, context, propagation, diag]) api.disable();
  try {
    const exit = await runCommand(args, new AbortController().signal);
    return { exit, out: Buffer.concat(out).toString(), error: Buffer.concat(error).toString() };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
