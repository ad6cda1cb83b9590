import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { type Agent, inProcess } from '../harness/index.ts';

const folder = join(import.meta.dirname, '../agents');

/** What the entry file of an agent exports. It is written for production; nothing in it is ours. */
const Entry = z.object({
  name: z.string(),
  version: z.string(),
  run: z.custom<Agent['run']>((value) => typeof value === 'function', 'expected a function'),
  flush: z.custom<Agent['flush']>((value) => typeof value === 'function', 'expected a function'),
  startTelemetry: z.custom<() => void>((value) => typeof value === 'function', 'expected a function'),
});

/**
 * Loads an agent of `agents/` and starts its telemetry towards `collectorUrl`.
 *
 * @throws AppError UNKNOWN_AGENT
 */
export async function loadAgent(name: string, collectorUrl: string): Promise<Agent> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  if (!names.includes(name)) {
    throw new AppError('UNKNOWN_AGENT', `expected one of ${names.join(', ')}, got "${name}"`);
  }
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collectorUrl;
  const entry = Entry.parse(await import(pathToFileURL(join(folder, name, 'index.ts')).href));
  entry.startTelemetry();
  return inProcess(entry);
}
