import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../domain/errors.ts';
import { type Baseline, baselineText, parseBaseline } from './baseline.ts';

/**
 * Reads a baseline file.
 *
 * @throws AppError BASELINE_MISSING when there is no such file, BASELINE_UNREADABLE when it is none.
 */
export async function readBaseline(path: string, signal?: AbortSignal): Promise<Baseline> {
  return parseBaseline(await readText(path, signal), path);
}

async function readText(path: string, signal?: AbortSignal): Promise<string> {
  try {
    return await readFile(path, { encoding: 'utf8', ...(signal && { signal }) });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing)
      throw new AppError('BASELINE_MISSING', `expected a baseline at ${path}, found no file`, { cause });
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('BASELINE_UNREADABLE', `expected a baseline at ${path}: ${message}`, { cause });
  }
}

/** Writes a baseline file whole or not at all: beside it first, then in its place. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(beside, baselineText(baseline));
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}
