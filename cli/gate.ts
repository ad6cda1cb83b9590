import { writeFileSync } from 'node:fs';
import { readBaseline } from '../ci/baseline.ts';
import { candidateOf } from '../ci/candidate.ts';
import { exitCode } from '../ci/exit-code.ts';
import { judge } from '../ci/gate.ts';
import { DEFAULT_POLICY } from '../ci/gate-policy.ts';
import { junitXml } from '../ci/junit.ts';
import { verdictTable } from '../ci/verdict-table.ts';
import type { ScenarioId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import { readResults } from '../harness/index.ts';

export type Judged = { run: Run; exit: number };

/** Judges a run, prints its table and writes its JUnit report where one is asked for. */
export async function judgeAndReport(options: {
  run: Run;
  trials: readonly Trial[];
  scenariosPlanned?: readonly ScenarioId[];
  baseline: string | null;
  junit?: string;
}): Promise<Judged> {
  const { trials, scenariosPlanned, junit } = options;
  const baseline = options.baseline === null ? null : await readBaseline(options.baseline);
  const verdict = judge(candidateOf(options.run, trials, scenariosPlanned), baseline, DEFAULT_POLICY);
  const run = { ...options.run, verdict };
  if (junit) writeFileSync(junit, junitXml(run, trials));
  console.log(`\n${verdictTable(run, trials, { color: process.stdout.hasColors?.() ?? false })}`);
  return { run, exit: exitCode(verdict, DEFAULT_POLICY) };
}

/** Judges a results file against a baseline. */
export async function gate(options: { results: string; baseline: string; junit?: string }): Promise<number> {
  const { run, trials } = await readResults(options.results);
  const { exit } = await judgeAndReport({ ...options, run, trials });
  return exit;
}
