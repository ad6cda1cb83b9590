import { writeFileSync } from 'node:fs';
import { readBaseline } from '../ci/baseline-file.ts';
import { candidateOf } from '../ci/candidate.ts';
import { exitCode } from '../ci/exit-code.ts';
import { judge } from '../ci/gate.ts';
import { DEFAULT_POLICY, type GatePolicy } from '../ci/gate-policy.ts';
import { junitXml } from '../ci/junit.ts';
import { collectorLinks } from '../ci/reports/gate-report.ts';
import type { TrialReport } from '../ci/trial-report.ts';
import { verdictTable } from '../ci/verdict-table.ts';
import type { ScenarioId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import type { Verdict } from '../domain/verdict.ts';
import { loadGatePolicy } from './gate-config.ts';
import { findPack, loadPack } from './packs.ts';
import { readReports } from './read-reports.ts';
import { type ScenarioPlaces, scenarioPlaces } from './scenario-places.ts';
import { writeReports } from './write-reports.ts';

export type Judged = { run: Run; verdict: Verdict; exit: number };

/** Judges a run and says nothing. */
export async function judgeRun(options: {
  run: Run;
  trials: readonly TrialReport[];
  scenariosPlanned?: readonly ScenarioId[];
  baseline: string | null;
  /** Default: that of a team that states none. */
  policy?: GatePolicy;
}): Promise<Judged> {
  const { policy = DEFAULT_POLICY } = options;
  const baseline = options.baseline === null ? null : await readBaseline(options.baseline);
  const candidate = candidateOf(options.run, options.trials, options.scenariosPlanned);
  const verdict = judge({ candidate, baseline, policy });
  return { run: { ...options.run, verdict }, verdict, exit: exitCode(verdict, policy) };
}

/** Judges a run, prints its table and writes its JUnit report where one is asked for. */
export async function judgeAndReport(
  options: Parameters<typeof judgeRun>[0] & { junit?: string },
): Promise<Judged> {
  const { trials, junit } = options;
  const judged = await judgeRun(options);
  if (junit) writeFileSync(junit, junitXml(judged.run, trials));
  console.log(`\n${verdictTable(judged.run, trials, { color: process.stdout.hasColors?.() ?? false })}`);
  return judged;
}

/** Judges a results file against a baseline, and writes the reports where a directory is named. */
export async function gate(options: {
  results: string;
  baseline: string;
  config?: string;
  junit?: string;
  out?: string;
  pack?: string;
  url?: string;
}): Promise<number> {
  const policy = await loadGatePolicy(options.config);
  const { run, trials } = await readReports(options.results);
  const judged = await judgeAndReport({ ...options, run, trials, policy });
  if (options.out) {
    const { verdict, exit } = judged;
    const links = collectorLinks(run.id, options.url ?? process.env.REHEARSE_URL ?? null);
    const places = await placesOf(options.pack ?? run.pack, options.pack !== undefined);
    await writeReports({
      directory: options.out,
      report: { run: judged.run, verdict, trials, places, links },
      resultsFile: options.results,
      policy,
      exitCode: exit,
    });
    console.log(`reports    ${options.out}`);
  }
  return judged.exit;
}

/** Of a pack that is not at hand nothing is known, which is no reason to judge nothing. */
async function placesOf(nameOrFile: string, isNamed: boolean): Promise<ScenarioPlaces> {
  if (!isNamed && !(await isKnown(nameOrFile))) return new Map();
  return scenarioPlaces(await loadPack(nameOrFile), nameOrFile, repositoryRoot());
}

async function isKnown(name: string): Promise<boolean> {
  try {
    return (await findPack(name)) !== null;
  } catch {
    return false;
  }
}

/** Against which CI systems read the paths of annotations. */
export function repositoryRoot(): string {
  return process.env.GITHUB_WORKSPACE ?? process.cwd();
}
