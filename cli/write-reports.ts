import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GatePolicy } from '../ci/gate-policy.ts';
import { junitXml } from '../ci/junit.ts';
import { annotationLines } from '../ci/reports/annotations.ts';
import { type GateReport, trialsToShow } from '../ci/reports/gate-report.ts';
import { htmlReport, TRIALS_TOLD } from '../ci/reports/html-report.ts';
import { accountOf, type TrialAccount } from '../ci/reports/trial-account.ts';
import { verdictFile } from '../ci/reports/verdict-file.ts';
import { prComment, stepSummary } from '../ci/reports/verdict-markdown.ts';
import { headline } from '../ci/reports/words.ts';
import type { TrialId } from '../domain/ids.ts';
import { readTrials } from '../harness/index.ts';

/**
 * Writes every report of a verdict into a directory, over those of the run before.
 *
 * @param report without the accounts of its trials: they are read from the results file, since whole runs do not fit in
 *   memory
 */
export async function writeReports(options: {
  directory: string;
  report: Omit<GateReport, 'accounts'>;
  resultsFile: string;
  policy: GatePolicy;
  exitCode: number;
}): Promise<void> {
  const { directory, resultsFile, policy, exitCode } = options;
  const report = { ...options.report, accounts: await accountsOf(options.report, resultsFile) };
  const files = {
    'verdict.json': `${JSON.stringify(verdictFile(report, policy, exitCode), null, 2)}\n`,
    'junit.xml': junitXml(report.run, report.trials),
    'summary.md': stepSummary(report),
    'comment.md': prComment(report),
    'annotations.txt': annotationLines(report),
    'report.html': htmlReport(report),
    'outputs.txt': outputLines(report, exitCode),
  };
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
}

/** The verdict for a shell: `name=value` a line, as GitHub takes the outputs of a step. */
function outputLines({ verdict }: GateReport, exitCode: number): string {
  return `verdict=${verdict.kind}\nheadline=${headline(verdict)}\nexit-code=${exitCode}\n`;
}

async function accountsOf(
  report: Omit<GateReport, 'accounts'>,
  resultsFile: string,
): Promise<Map<TrialId, TrialAccount>> {
  const told = new Set(
    trialsToShow(report)
      .slice(0, TRIALS_TOLD)
      .map(({ id }) => id),
  );
  const accounts = new Map<TrialId, TrialAccount>();
  if (told.size === 0) return accounts;
  await readTrials(resultsFile, (trial) => {
    if (told.has(trial.id)) accounts.set(trial.id, accountOf(trial));
  });
  return accounts;
}
