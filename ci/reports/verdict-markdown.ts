import { counted } from '../../domain/format.ts';
import type { TrialId } from '../../domain/ids.ts';
import { outcomeWords } from '../../domain/outcome-words.ts';
import { measureWords, STATUS_WORDS } from '../../domain/verdict-words.ts';
import { percent } from '../figures.ts';
import { byPlace } from '../trial-order.ts';
import { alikeTrials, formatAlike, type TrialReport } from '../trial-report.ts';
import { type GateReport, isSuspect, type ScenarioLine, scenarioLines, trialsToShow } from './gate-report.ts';
import { code, codeBlock, codeCell, link, prose, table } from './markdown-text.ts';
import {
  castWords,
  countWords,
  freshWords,
  headline,
  pointsWords,
  rateWords,
  ratioWords,
  sightWords,
  suiteWords,
} from './words.ts';

/** The head of a comment: a workflow finds by it the one that it wrote before. One for each pack, agent and model. */
export function commentMarker({ run }: Pick<GateReport, 'run'>): string {
  const what = [run.pack, run.agent, run.model].join(' ');
  return `<!-- rehearse: ${what.replace(/[^\w./ +=,:-]/g, '-').replace(/-+/g, '-')} -->`;
}

/** Of an answer of GitHub's API: 65,536 characters at most. */
const COMMENT_LIMIT = 60_000;
/** Of a step's summary: 1 MiB of bytes at most; a character may take four, as an agent may write what it likes. */
const SUMMARY_LIMIT = 250_000;
const ROWS = 100;
const REASONS = 20;
const TRIALS = 20;
const CHARACTERS = 400;

/** The comment on a pull request: the verdict, before and after, suspects; the rest folded. */
export function prComment(report: GateReport): string {
  return fitted([commentMarker(report), ...sections(report, 'folded')], COMMENT_LIMIT);
}

/** The summary of a CI step. */
export function stepSummary(report: GateReport): string {
  return fitted(sections(report, 'open'), SUMMARY_LIMIT);
}

/** The sections that fit, in their order; those that do not are counted. */
export function fitted(sections: readonly string[], limit: number): string {
  let text = '';
  let left = 0;
  const note = (count: number) => `_${counted(count, 'section')} left out: too long for this page._\n`;
  for (const section of sections.filter((part) => part !== '')) {
    if (text.length + section.length + 2 + note(sections.length).length > limit) left += 1;
    else text += `${section}\n\n`;
  }
  return left > 0 ? text + note(left) : `${text.trimEnd()}\n`;
}

function sections(report: GateReport, rest: 'folded' | 'open'): string[] {
  const lines = scenarioLines(report);
  const suspects = lines.filter(isSuspect);
  const others = lines.filter((line) => !isSuspect(line));
  const scenarios = `${counted(others.length, suspects.length > 0 ? 'other scenario' : 'scenario')}`;
  return [
    verdictSection(report),
    figuresSection(report),
    suspects.length > 0 ? `### Suspects\n${scenarioTable(suspects, report)}` : '',
    budgetSection(report),
    failedSection(report),
    others.length > 0 ? folded(scenarios, scenarioTable(others, report), rest) : '',
    evidenceSection(report, rest),
    footSection(report),
  ];
}

const ALERTS = {
  pass: 'TIP',
  fail: 'CAUTION',
  inconclusive: 'WARNING',
  'cannot-measure': 'WARNING',
} as const;

function verdictSection(report: GateReport): string {
  const { verdict, run } = report;
  const shown = verdict.reasons.slice(0, REASONS);
  const left = verdict.reasons.length - shown.length;
  return [
    `## Rehearsal of ${prose(run.agent)} on ${prose(run.pack)}`,
    '',
    `> [!${ALERTS[verdict.kind]}]`,
    `> **${prose(headline(verdict))}**`,
    '',
    ...shown.map(({ message, code: reason, trials }) =>
      [`- ${prose(cut(message))}`, code(reason), ...trialLinks(trials, report)].join(' '),
    ),
    ...(left > 0 ? [`- and ${left} more`] : []),
  ].join('\n');
}

function figuresSection({ verdict }: GateReport): string {
  const { candidate, baseline, difference, evidence } = verdict;
  const voids = evidence?.voids;
  const rows = [
    ['pass rate', rateWords(baseline), rateWords(candidate), pointsWords(difference)],
    ['trials', String(baseline?.n ?? '–'), String(candidate.n), ''],
    ...(voids && voids.voids > 0
      ? [
          ['void trials', '', `${voids.voids} of ${voids.trials}`, ''],
          ['pass rate, voids as failures', '', rateWords(voids.asFailures), ''],
        ]
      : []),
  ];
  return `${table(['', 'before', 'now', 'difference, points'], rows, [1, 2, 3])}\n\n${sightWords(evidence?.visible ?? null)}`;
}

function scenarioTable(lines: readonly ScenarioLine[], report: GateReport): string {
  const rows = lines
    .slice(0, ROWS)
    .map((line) => [
      codeCell(line.id),
      line.status ? STATUS_WORDS[line.status] : '',
      countWords(line.before),
      countWords(line.now),
      pointsWords(line.difference),
      line.confirmation ? freshWords(line.confirmation) : '',
      failedTrials(line.trials, report).join(', '),
    ]);
  const headings = ['scenario', 'is', 'before', 'now', 'difference', 'fresh trials', 'failed trials'];
  const left = lines.length - rows.length;
  return table(headings, rows, [2, 3, 4]) + (left > 0 ? `\n\nand ${left} more` : '');
}

function failedTrials(trials: readonly TrialReport[], { links }: GateReport): string[] {
  const failed = trials.filter(({ outcome }) => outcome.kind === 'failed');
  const shown = failed.slice(0, 6).map((trial) => {
    const trace = trial.traceId === null ? null : links.trace(trial.traceId);
    return link(String(trial.index + 1), trace ?? links.trial(trial.id));
  });
  return failed.length > shown.length ? [...shown, `${failed.length - shown.length} more`] : shown;
}

function trialLinks(ids: readonly TrialId[], { links, trials }: GateReport): string[] {
  const shown = trials
    .filter(({ id }) => ids.includes(id))
    .toSorted(byPlace)
    .slice(0, 5);
  return shown.flatMap((trial) => {
    const url = (trial.traceId && links.trace(trial.traceId)) ?? links.trial(trial.id);
    return url === null ? [] : [link(`trial ${trial.index + 1}`, url)];
  });
}

function budgetSection({ verdict }: GateReport): string {
  const budgets = (verdict.evidence?.budgets ?? []).filter(({ ratio }) => ratio !== null);
  if (budgets.length === 0) return '';
  const rows = budgets.map((row) => [
    measureWords(row),
    row.against === 'control' ? 'the build before, in turns' : 'baseline',
    ratioWords(row.ratio),
    row.limit === null ? '–' : `×${row.limit}`,
    row.exceeded ? '**exceeded**' : 'kept',
  ]);
  return `### Latency, cost, steps\n${table(['', 'against', 'ratio (90 %)', 'limit', ''], rows, [2, 3])}`;
}

function failedSection(report: GateReport): string {
  const shown = trialsToShow(report);
  if (shown.length === 0) return '';
  const groups = alikeTrials(shown);
  const blocks = groups.slice(0, TRIALS).map((group) => {
    const { outcome, findings } = group.first;
    const said = outcome.kind === 'passed' ? '' : outcome.explanation;
    const lines = [said, ...findings].map(cut);
    return `${code(formatAlike(group))} ${prose(outcomeWords(outcome))}\n${codeBlock(lines)}`;
  });
  const left = groups.length - blocks.length;
  const body = [...blocks, ...(left > 0 ? [`and ${left} more kinds of failure`] : [])].join('\n\n');
  return folded(counted(shown.length, 'failed trial'), body, groups.length <= 3 ? 'open' : 'folded');
}

function evidenceSection({ verdict: { evidence } }: GateReport, rest: 'folded' | 'open'): string {
  if (!evidence) return '';
  const invariants = evidence.invariants.map((row) => [
    row.code.replaceAll('-', ' '),
    `${row.trials.length} of ${row.exposure}`,
    percent(row.upperBound),
  ]);
  const flaky = evidence.flaky
    .slice(0, TRIALS)
    .map(({ scenarioId, rate }) => [codeCell(scenarioId), countWords(rate), rateWords(rate)]);
  const parts = [
    evidence.suite ? suiteWords(evidence.suite) : '',
    invariants.length > 0
      ? table(['must never happen', 'happened', 'at most (95 %)'], invariants, [1, 2])
      : '',
    flaky.length > 0 ? table(['passes now and then', 'passed', 'rate'], flaky, [1, 2]) : '',
    evidence.passHatK.length > 0
      ? evidence.passHatK
          .map(
            ({ k, value, low, high }) => `pass^${k} ${percent(value)} (${percent(low)} to ${percent(high)})`,
          )
          .join(', ')
      : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : folded('What the verdict rests on', parts.join('\n\n'), rest);
}

function footSection({ run, links }: GateReport): string {
  const where = links.run === null ? '' : ` ${link('Open the run', links.run)}.`;
  const commit = run.commit ? `, commit ${code(run.commit.slice(0, 12))}` : '';
  return `${prose(castWords(run))}, seed ${code(run.seed)}, run ${code(run.id)}${commit}. Intervals are 95 %, of differences over all scenarios 90 %.${where}`;
}

function folded(title: string, body: string, how: 'folded' | 'open'): string {
  const open = how === 'open' ? ' open' : '';
  return `<details${open}><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function cut(text: string): string {
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text;
}
