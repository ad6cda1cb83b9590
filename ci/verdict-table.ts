import { styleText } from 'node:util';
import { counted, formatCost, formatDuration, formatPercent } from '../domain/format.ts';
import type { Run } from '../domain/run.ts';
import { percentile } from '../domain/statistics/percentile.ts';
import { nanoUsd } from '../domain/units.ts';
import type { Verdict } from '../domain/verdict.ts';
import { STATUS_WORDS } from '../domain/verdict-words.ts';
import { wilson } from '../domain/wilson.ts';
import { alignedLines } from './aligned-lines.ts';
import { printable } from './printable.ts';
import { countWords } from './reports/words.ts';
import { byPlace } from './trial-order.ts';
import { type AlikeTrials, alikeTrials, formatAlike, type TrialReport } from './trial-report.ts';

/** `color`: whether the text goes to a terminal that shows colours. */
export type TableOptions = { color: boolean };

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const SIGNS = { passed: '✓', failed: '✗', void: '○' } as const;
const SIGN_STYLES = { passed: 'green', failed: 'red', void: 'yellow' } as const;
const VERDICT_STYLES = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  'cannot-measure': 'yellow',
} as const;
/** More trials of a scenario than this are counted, not drawn. */
const SIGNS_DRAWN = 12;
/** More failures and voids than this, those alike taken as one, are counted, not explained. */
const TRIALS_EXPLAINED = 20;

/**
 * What a person reads at the end of a run: a line a scenario (its trials, pass rate with 95 % Wilson interval, median
 * virtual latency, cost), then what failed and why, then the verdict with its reasons. Without a verdict in `run` the
 * last part is left out. Pure; ends with a line break.
 */
export function verdictTable(run: Run, trials: readonly TrialReport[], { color }: TableOptions): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const ordered = trials.toSorted(byPlace);
  const parts = [
    [paint('bold', headingOf(run))],
    scenarioLines(ordered, run.verdict, paint),
    explained(
      'Failed',
      ordered.filter((trial) => trial.outcome.kind === 'failed'),
      paint,
    ),
    explained(
      'Void: these say nothing about the agent',
      ordered.filter((trial) => trial.outcome.kind === 'void'),
      paint,
    ),
    run.verdict ? verdictLines(run.verdict, paint) : [],
  ];
  const text = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

function headingOf(run: Run): string {
  const kind = [run.simulated && 'simulated', run.replayed && 'replayed'].filter(Boolean).join(', ');
  const model = kind ? `${run.model} (${kind})` : run.model;
  return printable(
    `${run.pack}: ${run.agent} ${run.agentVersion} on ${model}, seed ${run.seed}, run ${run.id}`,
  );
}

const HEADER = ['scenario', 'trials', 'pass rate', '95 % interval', 'virtual latency', 'cost'];
const NUMBERS_FROM = 2;

function scenarioLines(trials: readonly TrialReport[], verdict: Verdict | null, paint: Paint): string[] {
  // Where nothing is compared there is nothing to say of before.
  const compared = verdict?.baseline ? (verdict.evidence?.scenarios ?? []) : [];
  const past = new Map(compared.map((row) => [row.scenarioId, row]));
  const beside = (before: string, is: string) => (past.size > 0 ? [before, is] : []);
  const rows = [...Map.groupBy(trials, (trial) => trial.scenarioId)].map(([id, some]) => {
    const row = past.get(id);
    const is = row && row.status !== 'unchanged' ? STATUS_WORDS[row.status] : '';
    return [id, signs(some), ...figures(some), ...beside(countWords(row?.baseline ?? null), is)];
  });
  const totals = [
    counted(rows.length, 'scenario'),
    tallies(trials),
    ...figures(trials),
    ...beside(countWords(verdict?.baseline ?? null), ''),
  ];
  const header = [...HEADER, ...beside('before', '')];
  const all = [header, ...rows, totals];
  const lines = alignedLines(all, (column) => column < NUMBERS_FROM || column > HEADER.length);
  return lines.map((line, place) => {
    if (place === 0) return paint('dim', line);
    return place === lines.length - 1 ? paint('bold', line) : paintSigns(line, paint);
  });
}

function signs(trials: readonly TrialReport[]): string {
  if (trials.length > SIGNS_DRAWN) return tallies(trials);
  return trials.map((trial) => SIGNS[trial.outcome.kind]).join('');
}

/** `27✓ 2✗ 1○`. */
function tallies(trials: readonly TrialReport[]): string {
  return (['passed', 'failed', 'void'] as const)
    .map((kind) => ({ kind, count: trials.filter((trial) => trial.outcome.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count}${SIGNS[kind]}`)
    .join(' ');
}

function paintSigns(line: string, paint: Paint): string {
  return (['passed', 'failed', 'void'] as const).reduce(
    (painted, kind) =>
      painted.replace(new RegExp(`${SIGNS[kind]}+`, 'g'), (some) => paint(SIGN_STYLES[kind], some)),
    line,
  );
}

/** Pass rate, its interval, median virtual latency and cost; a dash where nothing is known. */
function figures(trials: readonly TrialReport[]): string[] {
  const valid = trials.filter((trial) => trial.outcome.kind !== 'void');
  const passed = valid.filter((trial) => trial.outcome.kind === 'passed').length;
  const { rate, low, high } = wilson(passed, valid.length);
  const latency = percentile(
    valid.map((trial) => trial.figures.virtualDuration),
    0.5,
  );
  return [
    valid.length > 0 ? formatPercent(rate) : '-',
    valid.length > 0 ? `${Math.round(low * 100)} to ${formatPercent(high)}` : '-',
    latency === null ? '-' : formatDuration(Math.round(latency)),
    trials.length > 0 ? costText(trials) : '-',
  ];
}

/** The sum of what is priced; `≥` where something is not. */
function costText(trials: readonly TrialReport[]): string {
  const priced = trials.map((trial) => trial.figures.cost).filter((cost) => cost !== null);
  if (priced.length === 0) return formatCost(null);
  const sum = formatCost(nanoUsd(priced.reduce((total, cost) => total + cost, 0)));
  return priced.length < trials.length ? `≥ ${sum}` : sum;
}

function explained(title: string, trials: readonly TrialReport[], paint: Paint): string[] {
  if (trials.length === 0) return [];
  const groups = alikeTrials(trials);
  const shown = groups.slice(0, TRIALS_EXPLAINED);
  const left = groups.slice(TRIALS_EXPLAINED).reduce((sum, { others }) => sum + 1 + others.length, 0);
  return [
    paint('bold', title),
    ...shown.flatMap((group) => explanation(group, paint)),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
}

function explanation(group: AlikeTrials, paint: Paint): string[] {
  const { outcome, findings } = group.first;
  if (outcome.kind === 'passed') return [];
  const why = outcome.kind === 'failed' ? outcome.failure : outcome.cause;
  const sign = paint(SIGN_STYLES[outcome.kind], SIGNS[outcome.kind]);
  return [
    `  ${sign} ${formatAlike(group)}  ${why}: ${printable(outcome.explanation)}`,
    ...findings.map((message) => `      ${printable(message)}`),
  ];
}

function verdictLines({ kind, reasons }: Verdict, paint: Paint): string[] {
  const name = kind.replace('-', ' ').toUpperCase();
  return [
    paint(['bold', VERDICT_STYLES[kind]], name),
    ...reasons.map((reason) => `  ${printable(reason.message)} ${paint('dim', `[${reason.code}]`)}`),
  ];
}
