import { html, raw } from 'hono/html';
import type { Outcome } from '../../domain/outcome.ts';
import { outcomeWords } from '../../domain/outcome-words.ts';
import type { Rate } from '../../domain/rate.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { VERDICT_WORDS } from '../../domain/verdict-words.ts';
import { rateWords } from './words.ts';

/** A piece of a page: everything put into it was escaped, unless it was a piece itself. */
export type Piece = ReturnType<typeof html>;

const SHAPES = {
  check: 'M2 8l4 4 8-9',
  cross: 'M3 3l10 10M13 3L3 13',
  minus: 'M3 8h10',
} as const;

export type Shape = keyof typeof SHAPES;

/** A sign that says nothing to who does not see it: words stand beside it. */
export function icon(shape: Shape): Piece {
  return html`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="${SHAPES[shape]}"/></svg>`;
}

const VERDICT_LOOKS = {
  pass: ['pass', 'check'],
  fail: ['fail', 'cross'],
  inconclusive: ['warn', 'minus'],
  'cannot-measure': ['warn', 'minus'],
} as const satisfies Record<Verdict['kind'], readonly [string, Shape]>;

export function verdictMark({ kind }: Pick<Verdict, 'kind'>): Piece {
  const [tone, shape] = VERDICT_LOOKS[kind];
  return html`<span class="mark ${tone}">${icon(shape)} ${VERDICT_WORDS[kind]}</span>`;
}

const OUTCOME_LOOKS = {
  passed: ['pass', 'check'],
  failed: ['fail', 'cross'],
  void: ['warn', 'minus'],
} as const satisfies Record<Outcome['kind'], readonly [string, Shape]>;

export function outcomeSign({ kind }: Outcome): Piece {
  const [tone, shape] = OUTCOME_LOOKS[kind];
  return html`<span class="${tone}">${icon(shape)}</span>`;
}

export function outcomeMark(outcome: Outcome): Piece {
  return html`<span class="mark">${outcomeSign(outcome)} ${outcomeWords(outcome)}</span>`;
}

/** Two rates and their intervals on a line from 0 to 100 %, the later below; their figures stand beside it. */
export function ranges(before: Rate | null, now: Rate): Piece {
  const range = (rate: Rate | null, kind: string, y: number) =>
    rate && rate.n > 0
      ? html`<path class="${kind}" d="M${rate.low * 100} ${y}H${rate.high * 100}"/><path class="point" d="M${rate.rate * 100} ${y - 3}v6"/>`
      : '';
  return html`<svg class="range" viewBox="-1 0 102 16" preserveAspectRatio="none" aria-hidden="true"><path class="axis" d="M0 8H100"/>${range(before, 'before', 4)}${range(now, 'now', 12)}</svg>`;
}

/** `67 %` and, smaller, its interval. */
export function rateCell(rate: Rate | null): Piece {
  if (!rate || rate.n === 0) return html`<span class="muted">–</span>`;
  return html`${rateWords(rate)}`;
}

/**
 * A text with its lines, safe in a page: what turns the direction of writing, and other characters that cannot be seen,
 * become U+FFFD. Escaping is left to `html`.
 */
export function visible(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '\u{FFFD}');
}

/** A style sheet as it is; it is ours, and holds no `</style`. */
export function styleSheet(css: string): Piece {
  return html`<style>${raw(css)}</style>`;
}
