import { html } from 'hono/html';
import type { Piece } from '../../ci/reports/html-marks.ts';
import { formatCost, formatDuration, formatPercent } from '../../domain/format.ts';
import { nanoUsd } from '../../domain/units.ts';
import type { ComparedSetting } from './comparison.ts';
import { costWords, type Figure, replyWords, shareWords, timeWords } from './words.ts';

type Range = { value: number; low: number; high: number };

/** A measure over the number of tools. */
export type Chart = {
  title: string;
  /** A value of its axis. */
  write(value: number): string;
  of(setting: ComparedSetting): Range | null;
  words(setting: ComparedSetting): Figure;
};

function rangeOf(mean: ComparedSetting['cost']): Range | null {
  return mean && { value: mean.value, low: mean.low ?? mean.value, high: mean.high ?? mean.value };
}

function share(title: string, of: (setting: ComparedSetting) => ComparedSetting['right']): Chart {
  return {
    title,
    write: formatPercent,
    of: (setting) => ({ value: of(setting).rate, low: of(setting).low, high: of(setting).high }),
    words: (setting) => shareWords(of(setting)),
  };
}

export const CHARTS: readonly Chart[] = [
  share('Trials done right', ({ right }) => right),
  share('Trials that looped', ({ looped }) => looped),
  share('Ends at a limit of steps', ({ hitLimit }) => hitLimit),
  {
    title: 'Wasted by loops, a trial',
    write: (value) => formatCost(nanoUsd(value)),
    of: ({ wasted }) => rangeOf(wasted),
    words: ({ wasted }) => costWords(wasted),
  },
  {
    title: 'Cost, a trial',
    write: (value) => formatCost(nanoUsd(value)),
    of: ({ cost }) => rangeOf(cost),
    words: ({ cost }) => costWords(cost),
  },
  {
    title: 'Latency, a trial',
    write: (value) => formatDuration(Math.round(value)),
    of: ({ latency }) => rangeOf(latency),
    words: ({ latency }) => timeWords(latency),
  },
  {
    title: 'Replies to first messages, simulated',
    write: (value) => `${(value * 100).toFixed(1)} %`,
    of: ({ replyRate }) => rangeOf(replyRate),
    words: ({ replyRate }) => replyWords(replyRate),
  },
];

/** Agents are told apart by colour and by the shape of their points. */
const MARKS = [
  'M-4-4h8v8h-8z',
  'M0-5L5 4H-5z',
  'M0-5L5 0 0 5-5 0z',
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
] as const;
const COLOURS = ['#1d4fd8, #8ab4ff', '#b3261e, #ff8a80', '#16703a, #4cc38a', '#7a3fb0, #cf9fff'] as const;

export const SERIES_STYLES = `
.preface { max-width: 100ch; margin: 8px 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 16px; margin: 8px 0 24px; }
.charts figure { margin: 0; }
.charts figcaption { font-weight: 600; }
.charts svg, .legend svg { overflow: visible; }
.charts svg { width: 100%; height: auto; }
.charts text { fill: var(--text-muted); font-size: 10px; }
.charts text, .charts [class^='mark'], .legend path { stroke: none; }
.charts .axis { stroke: var(--border-strong); fill: none; }
.legend { display: flex; gap: 24px; list-style: none; margin: 16px 0; }
${COLOURS.map((colour, place) => `.series${place} { stroke: light-dark(${colour}); } .mark${place} { fill: light-dark(${colour}); }`).join('\n')}
.line { fill: none; stroke-width: 2; }
.reach { stroke-width: 1; opacity: 0.7; }
`;

const WIDTH = 260;
const HEIGHT = 130;
const LEFT = 44;
const BOTTOM = 16;

/**
 * One measure of one model: a line an agent over the number of tools, with the intervals. The scale is that of all models,
 * from 0, so that charts can be compared.
 */
export function chart(
  { title, of, words, write }: Chart,
  settings: readonly ComparedSetting[],
  all: readonly ComparedSetting[],
  agents: readonly string[],
): Piece {
  const top = Math.max(...all.map((setting) => of(setting)?.high ?? 0)) || 1;
  const tools = [...new Set(all.map((setting) => setting.tools))].sort((a, b) => a - b);
  const y = (value: number) => round(HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - 8));
  // Agents stand a little apart, so that their intervals can be seen.
  const x = (count: number, series: number) =>
    round(
      LEFT +
        ((tools.indexOf(count) + 0.5) / tools.length) * (WIDTH - LEFT) +
        (series - agents.length / 2) * 8,
    );
  const lines = agents.map((agent, series) => {
    const points = settings
      .filter((setting) => setting.agent === agent)
      .flatMap((setting) => {
        const range = of(setting);
        return range ? [{ setting, range, x: x(setting.tools, series) }] : [];
      });
    const path = points
      .map((point, place) => `${place === 0 ? 'M' : 'L'}${point.x} ${y(point.range.value)}`)
      .join('');
    const style = series % COLOURS.length;
    return html`<path class="line series${style}" d="${path}"/>${points.map((point) => {
      const { value, interval } = words(point.setting);
      return html`<path class="reach series${style}" d="M${point.x} ${y(point.range.low)}V${y(point.range.high)}"/><path class="mark${style}" transform="translate(${point.x} ${y(point.range.value)})" d="${MARKS[style % MARKS.length] ?? ''}"><title>${agent}, ${point.setting.tools} tools: ${value} (${interval})</title></path>`;
    })}`;
  });
  const highest = settings.reduce<ComparedSetting | null>(
    (best, one) => ((of(one)?.value ?? -1) > (best ? (of(best)?.value ?? -1) : -1) ? one : best),
    null,
  );
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title} by number of tools; highest ${highest ? `${words(highest).value}, ${highest.agent} with ${highest.tools} tools` : 'unknown'}">
<text x="${LEFT - 4}" y="12" text-anchor="end">${write(top)}</text><text x="${LEFT - 4}" y="${HEIGHT - BOTTOM}" text-anchor="end">0</text>
<path class="axis" d="M${LEFT} 4V${HEIGHT - BOTTOM}H${WIDTH}"/>
${tools.map((count) => html`<text x="${x(count, (agents.length - 1) / 2)}" y="${HEIGHT - 4}" text-anchor="middle">${count} tools</text>`)}
${lines}
</svg></figure>`;
}

/** Which line is whose. */
export function legend(agents: readonly string[]): Piece {
  return html`<ul class="legend">${agents.map(
    (agent, series) =>
      html`<li><svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><path class="mark${series % COLOURS.length}" d="${MARKS[series % MARKS.length] ?? ''}"/></svg> ${agent}</li>`,
  )}</ul>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
