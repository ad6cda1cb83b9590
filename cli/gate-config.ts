import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { GatePolicy } from '../ci/gate-policy.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import { schemaProblem } from '../domain/field-problem.ts';

/** What is read of a configuration: the rest is the collector's. */
const Config = z.object({ gate: GatePolicy.prefault({}) });

/** Those that are looked for in the working directory, in this order. */
const FILES = ['rehearse.config.ts', 'rehearse.config.js', 'rehearse.config.json'];

/**
 * The gate's policy: the field `gate` of a configuration, JSON or the default export of a module.
 *
 * @param path a file that must be there; left out, the first of `rehearse.config.ts`, `.js` and `.json` that is there,
 *   else the defaults.
 * @throws AppError CONFIG_UNREADABLE
 */
export async function loadGatePolicy(path?: string): Promise<GatePolicy> {
  const file = path ?? FILES.find((name) => existsSync(name));
  if (file === undefined) return GatePolicy.parse({});
  const content = await contentOf(file);
  const parsed = Config.safeParse(content);
  if (parsed.success) return parsed.data.gate;
  throw unreadable(`${file}: ${schemaProblem(parsed.error, content)}`);
}

async function contentOf(file: string): Promise<unknown> {
  if (/\.[cm]?[jt]s$/.test(file)) {
    const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href).catch(
      (cause: unknown) => {
        throw unreadable(`${file}: cannot be loaded: ${messageOf(cause)}`, cause);
      },
    );
    if (module.default !== undefined) return module.default;
    throw unreadable(`${file}: expected a default export, got none`);
  }
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(`${file}: expected a file to read: ${messageOf(cause)}`, cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(`${file}: expected JSON: ${messageOf(cause)}`, cause);
  }
}

function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('CONFIG_UNREADABLE', message, { cause });
}
