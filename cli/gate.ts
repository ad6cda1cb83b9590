import { writeFileSync } from 'node:fs';
import { readBaseline } from '../ci/baseline-file.ts';
import { candidateOf } from '../ci/candidate.ts';
import { exitCode } from '../ci/exit-code.ts';
import { judge } from '../ci/gate.ts';
import { DEFAULT_POLICY } from '../ci/gate-policy.ts';
import { junitXml } from '../ci/junit.ts';
import type { TrialReport } from '../ci/trial-report.ts';
import { verdictTable } from '../ci/verdict-table.ts';
import type { ScenarioId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import { readReports } from './read-reports.ts';

export type Judged = { run: Run; exit: number };

/** Judges a run and says nothing. */
export async function judgeRun(options: {
  run: Run;
  trials: readonly TrialReport[];
  scenariosPlanned?: readonly ScenarioId[];
  baseline: string | null;
}): Promise<Judged> {
  const baseline = options.baseline === null ? null : await readBaseline(options.baseline);
  const candidate = candidateOf(options.run, options.trials, options.scenariosPlanned);
  const verdict = judge({ candidate, baseline, policy: DEFAULT_POLICY });
  return { run: { ...options.run, verdict }, exit: exitCode(verdict, DEFAULT_POLICY) };
}

/** Judges a run, prints its table and writes its JUnit report where one is asked for. */
export async function judgeAndReport(options: {
  run: Run;
  trials: readonly TrialReport[];
  scenariosPlanned?: readonly ScenarioId[];
  baseline: string | null;
  junit?: string;
}): Promise<Judged> {
  const { trials, junit } = options;
  const { run, exit } = await judgeRun(options);
  if (junit) writeFileSync(junit, junitXml(run, trials));
  console.log(`\n${verdictTable(run, trials, { color: process.stdout.hasColors?.() ?? false })}`);
  return { run, exit };
}

/** Judges a results file against a baseline. */
export async function gate(options: { results: string; baseline: string; junit?: string }): Promise<number> {
  const { run, trials } = await readReports(options.results);
  const { exit } = await judgeAndReport({ ...options, run, trials });
  return exit;
}
