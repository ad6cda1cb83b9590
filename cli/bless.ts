import { existsSync } from 'node:fs';
import { readBaseline, writeBaseline } from '../ci/baseline-file.ts';
import { bless as added } from '../ci/bless.ts';
import { pullRequestSign } from '../ci/pull-request.ts';
import { AppError } from '../domain/errors.ts';
import { counted } from '../domain/format.ts';
import { readReports } from './read-reports.ts';

/**
 * Adds a run of the main branch to a baseline, or makes one of it.
 *
 * @throws AppError BASELINE_OF_PULL_REQUEST, RUN_NOT_BLESSABLE, RESULTS_UNREADABLE, BASELINE_UNREADABLE
 */
export async function bless(options: { results: string; out: string; fresh?: boolean }): Promise<number> {
  const { results, out, fresh = false } = options;
  const sign = pullRequestSign(process.env);
  if (sign !== null) {
    throw new AppError('BASELINE_OF_PULL_REQUEST', `expected a job of the main branch, got ${sign}`);
  }
  const { run, trials } = await readReports(results);
  const held = existsSync(out) && !fresh ? await readBaseline(out) : null;
  const baseline = added(held, run, trials);
  if (baseline === held) {
    console.log(`${out} holds the trials of ${run.id} already: nothing to add`);
    return 0;
  }
  await writeBaseline(out, baseline);
  const all = Object.values(baseline.scenarios).flatMap((scenario) => scenario.trials);
  const passed = all.filter((trial) => trial.passed).length;
  console.log(
    `${out}: ${Object.keys(baseline.scenarios).length} scenarios, ${passed} of ${all.length} trials passed, of ${counted(baseline.runs.length, 'run')}`,
  );
  return 0;
}
