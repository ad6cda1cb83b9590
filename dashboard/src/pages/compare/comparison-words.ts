import { counted, formatPercent } from '../../../../domain/format.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import type { ComparedSide, Leaning, Measures, RunComparison } from '../../../../domain/run-comparison.ts';

/** `+12 points`, `−3.4 points`: one decimal below ten, where a whole point is too coarse. */
export function pointsWords(share: number): string {
  return `${signed(share * 100)} points`;
}

/** `+12 %`, `−3.4 %`: how far a ratio is from one. */
export function ratioWords(ratio: number): string {
  return `${signed((ratio - 1) * 100)} %`;
}

/** `−11 to +5` */
export function reachWords(
  { low, high }: { low: number; high: number },
  words: (value: number) => string,
): string {
  return `${words(low).replace(/ [^ ]+$/, '')} to ${words(high)}`;
}

export const LEANING_WORDS: Record<Leaning, string> = {
  better: 'Better',
  worse: 'Worse',
  unsure: 'Cannot tell',
  same: 'No difference',
};

/** Which is better, by how much, and whether it is noise. */
export function headline({ passed, visibleDrop }: Measures): string {
  const { leaning, difference, p } = passed;
  const reach = `95 % interval ${reachWords(difference, pointsWords)}, ${chanceWords(p)}`;
  if (leaning === 'better' || leaning === 'worse') {
    return `The candidate passes ${unsigned(difference.value)} ${leaning === 'better' ? 'more' : 'less'} often: more than noise (${reach}).`;
  }
  return `${pointsWords(difference.value)} of pass rate may be noise (${reach}). ${seenWords(visibleDrop)}`;
}

/** What of it holds for scenarios that were not played. */
export function elsewhereSentence({ passed: { leaning, elsewhere } }: Measures): string {
  const reach = reachWords(elsewhere, pointsWords);
  const holdsZero = elsewhere.low <= 0 && elsewhere.high >= 0;
  if (leaning === 'unsure') return `Of other scenarios like these the interval is ${reach}.`;
  return holdsZero
    ? `That is of these scenarios: whether others like them change too is not shown (${reach}).`
    : `Other scenarios like these change too: ${reach}.`;
}

function unsigned(share: number): string {
  return pointsWords(Math.abs(share)).replace('+', '');
}

function seenWords(visibleDrop: number | null): string {
  if (visibleDrop === null) return 'So few trials could not have shown even a fall to nothing: play more.';
  return `So many trials show a drop of ${unsigned(visibleDrop)} four times of five; a smaller one needs more of them.`;
}

/** What scenarios say one by one: `2 became worse and 1 better beyond chance.` */
export function scenarioSentence({ scenarios }: RunComparison): string {
  const count = (leaning: Leaning) => scenarios.filter((scenario) => scenario.leaning === leaning).length;
  const [worse, better, unsure] = [count('worse'), count('better'), count('unsure')];
  const sure = [worse > 0 ? `${worse} worse` : null, better > 0 ? `${better} better` : null].filter(
    (words) => words !== null,
  );
  const changed = sure.length > 0 ? `${sure.join(' and ')} beyond chance` : 'none changed beyond chance';
  const other =
    unsure > 0 ? `; ${unsure} more ${unsure === 1 ? 'differs' : 'differ'} by what may be chance` : '';
  return `Of ${counted(scenarios.length, 'scenario')} taken one by one ${changed}${other}.`;
}

const FACTS = [
  { label: 'pack', of: ({ pack }: RunSummary) => pack },
  { label: 'agent', of: ({ agent }: RunSummary) => agent },
  { label: 'version', of: ({ agentVersion }: RunSummary) => agentVersion },
  { label: 'model', of: ({ model }: RunSummary) => model },
  { label: 'commit', of: ({ commit }: RunSummary) => commit?.slice(0, 7) ?? 'none' },
  { label: 'seed', of: ({ seed }: RunSummary) => seed },
] as const;

/** In what the sides differ by what is known of their runs. Where it is more than one thing, nobody can tell which did it. */
export function changedFacts(
  baseline: ComparedSide,
  candidate: ComparedSide,
): { label: string; from: string; to: string }[] {
  return FACTS.flatMap(({ label, of }) => {
    const [from, to] = [baseline, candidate].map(({ runs }) => [...new Set(runs.map(of))].sort().join(', '));
    return from === undefined || to === undefined || from === to ? [] : [{ label, from, to }];
  });
}

/** What is left out of a comparison; empty where nothing is. */
export function leftOutWords({ baseline, candidate }: RunComparison): string[] {
  return [
    { what: 'baseline', side: baseline },
    { what: 'candidate', side: candidate },
  ].flatMap(({ what, side }) => {
    const running = side.runs.filter(({ end }) => end === null);
    const [trials, planned] = [
      running.reduce((sum, run) => sum + run.trials, 0),
      running.reduce((sum, run) => sum + run.trialsPlanned, 0),
    ];
    return [
      ...(running.length > 0 ? [`The ${what} is running: ${trials} of ${planned} trials so far.`] : []),
      ...(side.voided > 0 ? [`Left out of the ${what}: ${counted(side.voided, 'void trial')}.`] : []),
      ...(side.replayed > 0 ? [`Left out of the ${what}: ${counted(side.replayed, 'replayed trial')}.`] : []),
    ];
  });
}

/** `p = .012`, `p < .001`, `p = 1`. */
export function chanceWords(p: number): string {
  if (p > 0.9995) return 'p = 1';
  return p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`;
}

/** `97 %, 29 of 30` */
export function rateWords({ rate, successes, n }: { rate: number; successes: number; n: number }): string {
  return `${formatPercent(rate)}, ${successes} of ${n}`;
}

function signed(value: number): string {
  const text = Math.abs(value)
    .toFixed(Math.abs(value) < 9.95 ? 1 : 0)
    .replace(/\.0$/, '');
  if (text === '0') return '±0';
  return `${value < 0 ? '−' : '+'}${text}`;
}
