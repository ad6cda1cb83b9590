import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import { counted, formatTrial } from '../../domain/format.ts';
import type { VerdictReason } from '../../domain/verdict.ts';
import { percent } from '../figures.ts';
import { byPlace } from '../trial-order.ts';
import { type GateReport, scenarioLines, trialsToShow } from './gate-report.ts';
import { type Piece, styleSheet, verdictMark, visible } from './html-marks.ts';
import { budgetTable, flakyTable, invariantTable, scenarioTable } from './html-tables.ts';
import { anchorOf, trialArticle } from './html-trials.ts';
import { castWords, headline, pointsWords, rateWords, sightWords, suiteWords } from './words.ts';

const css = readFileSync(new URL('report.css', import.meta.url), 'utf8');
/** The page may use its own style and nothing else: no script, no address, whatever an agent wrote. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** More trials than this are counted, not told. */
export const TRIALS_TOLD = 30;
const REASONS = 50;

/**
 * The report as one page of HTML that needs nothing else: it opens from a disk, follows the reader's theme, and runs no
 * script. Pure; whatever an agent wrote is escaped.
 */
export function htmlReport(report: GateReport): string {
  const { verdict, run } = report;
  const { evidence } = verdict;
  const failing = trialsToShow(report);
  const told = failing.slice(0, TRIALS_TOLD);
  const shown = new Set(told.map(({ id }) => id as string));
  const left = failing.length - told.length;
  const page = html`${raw('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${headline(verdict)} · ${run.pack}, ${run.agent}</title>
${styleSheet(css)}
</head>
<body>
<header>
<p class="muted">Rehearsal of ${castWords(run)} on <strong>${run.pack}</strong></p>
<h1>${verdictMark(verdict)}</h1>
<ul class="reasons">${verdict.reasons.slice(0, REASONS).map((reason) => reasonItem(reason, report, shown))}</ul>
${verdict.reasons.length > REASONS ? html`<p class="muted">and ${verdict.reasons.length - REASONS} more</p>` : ''}
</header>
<main>
${figures(report)}
<p class="reasons muted">${sightWords(evidence?.visible ?? null)}${evidence?.suite ? ` ${suiteWords(evidence.suite)}` : ''}</p>
<section><h2>Scenarios</h2>${scenarioTable(scenarioLines(report), report, shown)}</section>
${evidence?.budgets.some(({ ratio }) => ratio !== null) ? html`<section><h2>Latency, cost, steps</h2>${budgetTable(evidence)}</section>` : ''}
${evidence && evidence.invariants.length > 0 ? html`<section><h2>What must never happen</h2>${invariantTable(evidence)}</section>` : ''}
${evidence && evidence.flaky.length > 0 ? html`<section><h2>Passes now and then</h2>${flakyTable(evidence)}</section>` : ''}
${failing.length > 0 ? html`<section><h2>${counted(failing.length, 'trial')} to look at</h2>${told.map((trial) => trialArticle(trial, report))}${left > 0 ? html`<p class="muted">and ${left} more, which the results file holds</p>` : ''}</section>` : ''}
</main>
<footer>${footer(report)}</footer>
</body>
</html>
`;
  return String(page);
}

function reasonItem(
  { message, code, trials }: VerdictReason,
  report: GateReport,
  shown: ReadonlySet<string>,
): Piece {
  const linked = report.trials
    .filter(({ id }) => trials.includes(id) && shown.has(id))
    .toSorted(byPlace)
    .slice(0, 6);
  return html`<li>${visible(message)} <code class="muted">${code}</code>${linked.map(
    (trial) => html` <a href="#${anchorOf(trial)}">${formatTrial(trial.scenarioId, trial.index)}</a>`,
  )}</li>`;
}

function figures({ verdict, trials }: GateReport): Piece {
  const { candidate, baseline, difference, evidence } = verdict;
  const voids = trials.filter(({ outcome }) => outcome.kind === 'void').length;
  const best = evidence?.passHatK.at(-1);
  return html`<dl class="figures">
${figure('Pass rate now', rateWords(candidate), counted(candidate.n, 'trial'))}
${figure('Before', rateWords(baseline), baseline ? counted(baseline.n, 'trial') : 'no baseline')}
${figure('Difference, points', pointsWords(difference), evidence?.suite ? '90 % interval' : '')}
${figure('Void', String(voids), `of ${counted(trials.length, 'trial')}`)}
${best ? figure(`pass^${best.k}`, percent(best.value), `${percent(best.low)} to ${percent(best.high)}`) : ''}
</dl>`;
}

function figure(name: string, value: string, note: string): Piece {
  return html`<div><dt>${name}</dt><dd>${value}${note ? html`<small>${note}</small>` : ''}</dd></div>`;
}

function footer({ run, links }: GateReport): Piece {
  const at = new Date((run.end ?? run.start) / 1000).toISOString();
  const where = links.run ? html` · <a href="${links.run}">the run in the dashboard</a>` : '';
  return html`Run ${run.id} · seed ${run.seed}${run.commit ? html` · commit <code>${run.commit}</code>` : ''} · <time datetime="${at}">${at.replace('T', ' ').slice(0, 16)} UTC</time>${where}`;
}
