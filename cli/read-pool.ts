import { readFile } from 'node:fs/promises';
import { type Baseline, parseBaseline } from '../ci/baseline.ts';
import { bless } from '../ci/bless.ts';
import { AppError } from '../domain/errors.ts';
import { readReports } from './read-reports.ts';

/**
 * The stored trials of an agent, of a baseline (`.json`) or of results files (`.jsonl`) of one agent and model.
 *
 * @throws AppError USAGE, BASELINE_UNREADABLE, RESULTS_UNREADABLE, RUN_NOT_BLESSABLE
 */
export async function readPool(files: readonly string[]): Promise<Baseline> {
  const [first = '', ...others] = files;
  if (first.endsWith('.json')) {
    if (others.length > 0)
      throw new AppError('USAGE', 'expected one baseline, or results files, got several');
    const text = await readFile(first, 'utf8').catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new AppError('BASELINE_MISSING', `expected a baseline at ${first}: ${message}`, { cause });
    });
    return parseBaseline(text, first);
  }
  let pool: Baseline | null = null;
  for (const file of files) {
    const { run, trials } = await readReports(file);
    pool = bless(pool, run, trials, Number.POSITIVE_INFINITY);
  }
  if (pool === null) throw new AppError('USAGE', 'expected a baseline or results files, got none');
  return pool;
}
