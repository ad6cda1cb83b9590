import { html } from 'hono/html';
import type { ColumnComparison } from '../../domain/column-differences.ts';
import { counted, formatCost, formatDuration, formatTrial } from '../../domain/format.ts';
import { isFine, type LedgerRow, lastWriteOf } from '../../domain/ledger.ts';
import { LEDGER_WORDS, reasonsOf, subjectOf } from '../../domain/ledger-words.ts';
import { jsonWords, matcherWords } from '../../domain/matcher-words.ts';
import { explanationOf } from '../../domain/outcome-words.ts';
import { shownRows } from '../../domain/shown-rows.ts';
import type { TrialReport } from '../trial-report.ts';
import type { GateReport } from './gate-report.ts';
import { icon, outcomeMark, type Piece, visible } from './html-marks.ts';
import type { TrialAccount } from './trial-account.ts';

/** A trial that went wrong: why, what was due beside what was done, what was said. */
export function trialArticle(trial: TrialReport, { accounts, links }: GateReport): Piece {
  const { id, scenarioId, index, outcome, findings, traceId, title } = trial;
  const account = accounts.get(id);
  const name = formatTrial(scenarioId, index);
  return html`
<article class="trial ${outcome.kind}" id="${anchorOf(trial)}" aria-label="${name}">
<h3><code>${name}</code> ${outcomeMark(outcome)}</h3>
<p class="muted">${title}</p>
<p class="said">${visible(explanationOf(outcome) ?? '')}</p>
${findings.length > 0 ? html`<ul class="said findings">${findings.map((text) => html`<li>${visible(text)}</li>`)}</ul>` : ''}
${account ? ledgerTable(account, name) : ''}
${account && account.turns.length > 0 ? conversation(account) : ''}
<p class="muted">${factsOf(trial, account)}${traceId ? html`, trace ${linked(html`<code>${traceId}</code>`, links.trace(traceId))}` : ', no trace'}${
    links.trial(id) ? html`, ${linked(html`its page`, links.trial(id))}` : ''
  }</p>
</article>`;
}

/** The name of a trial's place on the page. */
export function anchorOf({ id }: Pick<TrialReport, 'id'>): string {
  return `trial-${id}`;
}

function linked(text: Piece, url: string | null): Piece {
  return url === null ? text : html`<a href="${url}">${text}</a>`;
}

function factsOf({ attempts, figures, seed }: TrialReport, account: TrialAccount | undefined): string {
  return [
    `${formatDuration(figures.virtualDuration)} by the world's clock`,
    formatCost(figures.cost),
    ...(account ? [counted(account.calls, 'call')] : []),
    ...(attempts > 1 ? [`attempt ${attempts}`] : []),
    `seed ${seed}`,
  ].join(', ');
}

function ledgerTable({ ledger }: TrialAccount, name: string): Piece {
  const rows = shownRows(ledger.rows);
  if (rows.length === 0) return html`<p class="muted">Nothing was due and nothing was done.</p>`;
  return html`
<div class="scroll" tabindex="0" role="region" aria-label="Ledger of ${name}"><table class="ledger">
<caption>What was due and what was done</caption>
<thead><tr><th scope="col">Effect</th><th scope="col">Due</th><th scope="col">Done</th></tr></thead>
${rows.map(ledgerGroup)}
</table></div>`;
}

function ledgerGroup(row: LedgerRow): Piece {
  const { operation, table } = subjectOf(row);
  const write = lastWriteOf(row);
  const fine = isFine(row);
  const tone = row.state === 'met' ? 'pass' : fine ? 'muted' : 'fail';
  const shape = row.state === 'met' ? 'check' : fine ? 'minus' : 'cross';
  const reasons = row.state === 'forbidden' ? reasonsOf(row.rules) : [];
  return html`
<tbody>
<tr class="head"><th scope="rowgroup" colspan="2"><span class="mark ${tone}">${icon(shape)} ${LEDGER_WORDS[row.state]}</span> <code>${operation} ${table}</code>${reasons.map((reason) => html`<br>${visible(reason)}`)}</th>
<td>${write ? html`<code>${visible(write.key)}</code> by call ${write.call.number}, ${visible(write.call.operation)}` : html`<span class="fail">nothing</span>`}</td></tr>
${row.columns.map((column) => columnLine(column, row))}
</tbody>`;
}

function columnLine({ column, expected, before, actual, ok }: ColumnComparison, row: LedgerRow): Piece {
  const wrong = !ok && row.state === 'differs';
  const due = expected ? matcherWords(expected) : wrong ? 'unchanged' : '';
  const was = before === undefined ? '' : html`<span class="muted">${visible(jsonWords(before))} →</span> `;
  const done = actual === undefined ? '' : html`${was}${visible(jsonWords(actual))}`;
  const mark = wrong ? html`<span class="fail">${icon('cross')}</span> ` : '';
  return html`<tr><th scope="row">${visible(column)}</th><td>${visible(due)}</td><td>${mark}${done}</td></tr>`;
}

function conversation({ turns }: TrialAccount): Piece {
  return html`
<details><summary>What was said (${counted(turns.length, 'turn')})</summary>
<ol class="turns">${turns.map(({ from, text }) => html`<li><strong>${from}</strong> ${visible(text)}</li>`)}</ol>
</details>`;
}
