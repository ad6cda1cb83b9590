import { reportOf, type TrialReport } from '../ci/trial-report.ts';
import type { Run } from '../domain/run.ts';
import { readTrials } from '../harness/index.ts';

/**
 * What a results file says of a run, for verdict and table.
 *
 * @throws AppError RESULTS_UNREADABLE
 */
export async function readReports(path: string): Promise<{ run: Run; trials: TrialReport[] }> {
  const trials: TrialReport[] = [];
  const { run } = await readTrials(path, (trial) => trials.push(reportOf(trial)));
  return { run, trials };
}
