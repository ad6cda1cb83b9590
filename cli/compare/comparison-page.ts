import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'hono/html';
import { type Piece, styleSheet } from '../../ci/reports/html-marks.ts';
import type { Comparison } from './compare.ts';
import { CHARTS, chart, legend, SERIES_STYLES } from './comparison-chart.ts';
import { COLUMNS, preface } from './words.ts';

const LOOK = readFileSync(join(import.meta.dirname, '../../ci/reports/report.css'), 'utf8');

/** The comparison as one HTML file that asks for nothing else: what made it, charts over the number of tools, the table. */
export function comparisonPage(comparison: Comparison): string {
  const byModel = [...Map.groupBy(comparison.settings, ({ model }) => model)];
  const agents = [...new Set(comparison.settings.map(({ agent }) => agent))];
  const title = `Rehearse: ${agents.join(', ')} compared`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${styleSheet(LOOK + SERIES_STYLES)}
</head>
<body>
<h1>${title}</h1>
${preface(comparison).map((text) => html`<p class="preface">${text}</p>`)}
${legend(agents)}
${byModel.map(
  ([model, settings]) => html`<section>
<h2>${model}</h2>
<div class="charts">${CHARTS.map((one) => chart(one, settings, comparison.settings, agents))}</div>
${tableOf(model, settings)}
</section>`,
)}
<p class="preface">${COLUMNS.map(({ title: name, about }) => `${name}: ${about}`).join('; ')}.</p>
</body>
</html>`;
  return `${page}\n`;
}

function tableOf(model: string, settings: Comparison['settings']): Piece {
  return html`<table>
<caption>${model}, with 95 % intervals</caption>
<thead><tr><th scope="col">agent</th><th scope="col">tools</th><th scope="col">trials</th>${COLUMNS.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${settings.map(
    (setting) =>
      html`<tr><th scope="row">${setting.agent}</th><td>${setting.tools}</td><td>${setting.trials}</td>${COLUMNS.map(
        ({ of }) => {
          const { value, interval } = of(setting);
          return html`<td>${value}<br><small>${interval}</small></td>`;
        },
      )}</tr>`,
  )}</tbody>
</table>`;
}
