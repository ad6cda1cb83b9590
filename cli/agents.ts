import { existsSync, readdirSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { schemaProblem } from '../domain/field-problem.ts';
import { type Agent, inProcess } from '../harness/index.ts';
import { pointTelemetry } from './point-telemetry.ts';

const folder = join(import.meta.dirname, '../agents');

/** What the entry file of an agent exports. It is written for production; nothing in it is ours. */
const Entry = z.object({
  name: z.string(),
  version: z.string(),
  run: z.custom<Agent['run']>((value) => typeof value === 'function', 'expected a function'),
  endConversation: z
    .custom<NonNullable<Agent['endConversation']>>(
      (value) => typeof value === 'function',
      'expected a function',
    )
    .optional(),
  flush: z.custom<Agent['flush']>((value) => typeof value === 'function', 'expected a function'),
  startTelemetry: z.custom<() => void>((value) => typeof value === 'function', 'expected a function'),
});

/**
 * Loads an agent and starts its telemetry towards `collectorUrl`, where there is one. One agent a process: telemetry is
 * the process's.
 *
 * @param file of `agentFile`
 * @throws AppError UNKNOWN_AGENT when the file cannot be loaded or does not export an agent
 */
export async function loadAgent(file: string, collectorUrl: string | null): Promise<Agent> {
  if (collectorUrl !== null) pointTelemetry(collectorUrl);
  const entry = await readAgent(file);
  if (collectorUrl !== null) entry.startTelemetry();
  return inProcess(entry);
}

/** What an entry file exports, without starting anything. Throws as `loadAgent` does. */
export async function readAgent(file: string): Promise<z.infer<typeof Entry>> {
  const exported = await loaded(file);
  const entry = Entry.safeParse(exported);
  if (entry.success) return entry.data;
  throw new AppError('UNKNOWN_AGENT', `${file} exports no agent: ${schemaProblem(entry.error, exported)}`);
}

async function loaded(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    throw new AppError('UNKNOWN_AGENT', `${file} cannot be loaded: ${cause}`, { cause });
  }
}

/**
 * The entry file of an agent: one of `agents/` by its name, any other by its path.
 *
 * @throws AppError UNKNOWN_AGENT
 */
export function agentFile(nameOrFile: string): string {
  const entryFile = `index${extname(import.meta.filename)}`;
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, entryFile)));
  if (names.includes(nameOrFile)) return join(folder, nameOrFile, entryFile);
  if (/\.[cm]?[jt]s$/.test(nameOrFile) && existsSync(nameOrFile)) return resolve(nameOrFile);
  throw new AppError('UNKNOWN_AGENT', `expected ${names.join(', ')}, or an entry file, got "${nameOrFile}"`);
}
