import { html } from 'hono/html';
import type { Evidence } from '../../domain/evidence.ts';
import { formatCost, formatDuration } from '../../domain/format.ts';
import { explanationOf, outcomeWords } from '../../domain/outcome-words.ts';
import { percentile } from '../../domain/statistics/percentile.ts';
import { nanoUsd } from '../../domain/units.ts';
import { measureWords, STATUS_WORDS } from '../../domain/verdict-words.ts';
import { percent } from '../figures.ts';
import type { TrialReport } from '../trial-report.ts';
import { type GateReport, isSuspect, type ScenarioLine } from './gate-report.ts';
import { icon, outcomeSign, type Piece, ranges, rateCell, visible } from './html-marks.ts';
import { anchorOf } from './html-trials.ts';
import { countWords, freshWords, pointsWords, rateWords, ratioWords } from './words.ts';

/** A table that scrolls by itself where it is too wide, also by the keyboard. */
export function scrolling(name: string, table: Piece): Piece {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">${table}</div>`;
}

/** One row a scenario. `shown`: the trials that have a place on the page. */
export function scenarioTable(
  lines: readonly ScenarioLine[],
  report: GateReport,
  shown: ReadonlySet<string>,
): Piece {
  return scrolling(
    'Scenarios',
    html`<table>
<caption>Those that ask for a look first. Rates with their 95 % intervals, differences in points, latency by the world's clock.</caption>
<thead><tr><th scope="col">Scenario</th><th scope="col">Is</th><th scope="col">Trials</th><th scope="col" class="number">Before</th><th scope="col" class="number">Now</th><th scope="col"><span class="muted">0 to 100 %</span></th><th scope="col" class="number">Difference</th><th scope="col">Fresh trials</th><th scope="col" class="number">Latency</th><th scope="col" class="number">Cost</th></tr></thead>
<tbody>${lines.map((line) => scenarioRow(line, report, shown))}</tbody>
</table>`,
  );
}

function scenarioRow(line: ScenarioLine, report: GateReport, shown: ReadonlySet<string>): Piece {
  const place = report.places.get(line.id);
  const { confirmation } = line;
  const tone =
    line.status === 'regressed'
      ? 'fail mark'
      : isSuspect(line) || line.status === 'unmeasured'
        ? 'warn mark'
        : 'muted';
  const latency = percentile(
    line.trials
      .filter(({ outcome }) => outcome.kind !== 'void')
      .map(({ figures }) => figures.virtualDuration),
    0.5,
  );
  return html`
<tr><th scope="row"><code${place ? html` title="${place.file}:${place.line}"` : ''}>${line.id}</code><span class="title">${line.title}</span></th>
<td class="${tone}">${line.status === 'regressed' ? icon('cross') : ''} ${line.status ? STATUS_WORDS[line.status] : ''}</td>
<td>${strip(line.trials, shown)}</td>
<td class="number">${rateCell(line.before)}</td><td class="number">${rateCell(line.now)}</td><td>${ranges(line.before, line.now)}</td>
<td class="number">${pointsWords(line.difference)}</td>
<td>${confirmation ? freshWords(confirmation) : ''}</td>
<td class="number">${latency === null ? '–' : formatDuration(Math.round(latency))}</td><td class="number">${costOf(line.trials)}</td></tr>`;
}

/** A sign a trial, by index; those that went wrong lead to their account. */
function strip(trials: readonly TrialReport[], shown: ReadonlySet<string>): Piece {
  return html`<ul class="strip">${trials.map((trial) => {
    const words = `Trial ${trial.index + 1}: ${outcomeWords(trial.outcome)}`;
    const why = explanationOf(trial.outcome);
    if (!shown.has(trial.id))
      return html`<li><span role="img" aria-label="${words}" title="${visible(why ? `${words}: ${why}` : words)}">${outcomeSign(trial.outcome)}</span></li>`;
    return html`<li><a href="#${anchorOf(trial)}" aria-label="${words}" title="${words}">${outcomeSign(trial.outcome)}</a></li>`;
  })}</ul>`;
}

function costOf(trials: readonly TrialReport[]): string {
  const priced = trials.flatMap(({ figures }) => (figures.cost === null ? [] : [figures.cost]));
  if (priced.length === 0) return trials.length > 0 ? formatCost(null) : '–';
  return formatCost(nanoUsd(priced.reduce((sum, cost) => sum + cost, 0)));
}

export function budgetTable({ budgets }: Evidence): Piece {
  return scrolling(
    'Latency, cost and steps',
    html`<table class="narrow">
<caption>Now by before, geometric mean over the scenarios, with 90 % intervals. Over the limit is what lies above it as a whole.</caption>
<thead><tr><th scope="col">Measure</th><th scope="col">Against</th><th scope="col" class="number">Ratio</th><th scope="col" class="number">Limit</th><th scope="col"><span class="muted">Is</span></th></tr></thead>
<tbody>${budgets.map(
      (row) =>
        html`<tr><th scope="row">${measureWords(row)}</th><td>${row.against === 'control' ? 'the build before, in turns' : 'baseline'}</td><td class="number">${ratioWords(row.ratio)}</td><td class="number">${row.limit === null ? '–' : `×${row.limit}`}</td><td>${row.exceeded ? html`<span class="mark fail">${icon('cross')} exceeded</span>` : row.ratio ? 'kept' : 'not measured'}</td></tr>`,
    )}</tbody></table>`,
  );
}

export function invariantTable({ invariants }: Evidence): Piece {
  return scrolling(
    'What must never happen',
    html`<table class="narrow">
<caption>One is enough to fail. What did not happen may still happen as often as the bound says.</caption>
<thead><tr><th scope="col">Must never happen</th><th scope="col" class="number">Happened</th><th scope="col" class="number">In trials</th><th scope="col" class="number">95 % bound</th></tr></thead>
<tbody>${invariants.map(
      ({ code, trials, exposure, upperBound }) =>
        html`<tr><th scope="row">${code.replaceAll('-', ' ')}</th><td class="number">${trials.length > 0 ? html`<span class="mark fail">${icon('cross')} ${trials.length}</span>` : '0'}</td><td class="number">${exposure}</td><td class="number">${percent(upperBound)}</td></tr>`,
    )}</tbody></table>`,
  );
}

export function flakyTable({ flaky }: Evidence): Piece {
  return scrolling(
    'Scenarios that pass now and then',
    html`<table class="narrow">
<caption>All known trials taken together, those of the baseline too, least certain first.</caption>
<thead><tr><th scope="col">Scenario</th><th scope="col" class="number">Passed</th><th scope="col" class="number">Rate</th></tr></thead>
<tbody>${flaky.map(
      ({ scenarioId, rate }) =>
        html`<tr><th scope="row"><code>${scenarioId}</code></th><td class="number">${countWords(rate)}</td><td class="number">${rateWords(rate)}</td></tr>`,
    )}</tbody></table>`,
  );
}
