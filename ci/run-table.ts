import { difference } from '../domain/difference.ts';
import { formatCost, formatDuration, formatPercent } from '../domain/format.ts';
import type { Run } from '../domain/run.ts';
import { percentile } from '../domain/statistics/percentile.ts';
import { nanoUsd } from '../domain/units.ts';
import { wilson } from '../domain/wilson.ts';
import { alignedLines } from './aligned-lines.ts';
import { points } from './figures.ts';
import type { TrialReport } from './trial-report.ts';

type Column = { run: Run; trials: readonly TrialReport[] };

const HEADER = [
  'agent',
  'model',
  'pass',
  'fail',
  'void',
  'pass rate',
  '95 % interval',
  'against the first',
  'virtual latency',
  'cost a trial',
];
const NUMBERS_FROM = 2;

/**
 * Runs of the same scenarios side by side, a line each: how often they passed, by how many points more or less than the
 * first of them (with the 95 % interval of the difference), median virtual latency, and what a trial cost. Pure; ends
 * with a line break.
 */
export function runTable(runs: readonly Column[]): string {
  const rates = runs.map(({ trials }) => {
    const valid = trials.filter((trial) => trial.outcome.kind !== 'void');
    return wilson(valid.filter((trial) => trial.outcome.kind === 'passed').length, valid.length);
  });
  const rows = runs.map(({ run, trials }, place) => {
    const rate = rates[place] ?? wilson(0, 0);
    const first = rates[0] ?? rate;
    const against = place === 0 ? null : difference(rate, first);
    const latency = percentile(
      trials.filter(({ outcome }) => outcome.kind !== 'void').map(({ figures }) => figures.virtualDuration),
      0.5,
    );
    const count = (kind: TrialReport['outcome']['kind']) =>
      String(trials.filter(({ outcome }) => outcome.kind === kind).length);
    return [
      `${run.agent} ${run.agentVersion}`,
      run.simulated ? `${run.model} (simulated)` : run.model,
      count('passed'),
      count('failed'),
      count('void'),
      rate.n > 0 ? formatPercent(rate.rate) : '-',
      rate.n > 0 ? `${Math.round(rate.low * 100)} to ${formatPercent(rate.high)}` : '-',
      against ? `${points(against.value)} (${points(against.low)} to ${points(against.high)})` : '-',
      latency === null ? '-' : formatDuration(Math.round(latency)),
      costText(trials),
    ];
  });
  const all = [HEADER, ...rows];
  const lines = alignedLines(all, (column) => column < NUMBERS_FROM);
  return `${lines.join('\n')}\n`;
}

function costText(trials: readonly TrialReport[]): string {
  const priced = trials.map(({ figures }) => figures.cost).filter((cost) => cost !== null);
  if (priced.length === 0) return formatCost(null);
  return formatCost(nanoUsd(priced.reduce((sum, cost) => sum + cost, 0) / priced.length));
}
