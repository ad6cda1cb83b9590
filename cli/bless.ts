import { bless as baselineOf, writeBaseline } from '../ci/baseline.ts';
import { readReports } from './read-reports.ts';

/** Makes a baseline of a run that is trusted. */
export async function bless({ results, out }: { results: string; out: string }): Promise<number> {
  const { run, trials } = await readReports(results);
  const baseline = baselineOf(run, trials);
  await writeBaseline(out, baseline);
  const counts = Object.values(baseline.scenarios);
  const passed = counts.reduce((sum, scenario) => sum + scenario.passed, 0);
  const all = counts.reduce((sum, scenario) => sum + scenario.passed + scenario.failed, 0);
  console.log(`${out}: ${counts.length} scenarios, ${passed} of ${all} trials passed`);
  return 0;
}
