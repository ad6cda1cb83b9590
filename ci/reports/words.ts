import type { Confirmation, Interval, SuiteTest } from '../../domain/evidence.ts';
import { counted, formatPercent } from '../../domain/format.ts';
import type { Rate } from '../../domain/rate.ts';
import type { Run } from '../../domain/run.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { VERDICT_WORDS } from '../../domain/verdict-words.ts';
import { points, tally } from '../figures.ts';

/** The verdict in one line: what a check or a comment is titled with. */
export function headline({ kind, candidate, baseline }: Verdict): string {
  const now = candidate.n > 0 ? `${tally(candidate)} passed` : 'no trial counts';
  return `${VERDICT_WORDS[kind]}: ${baseline && baseline.n > 0 ? `${now}, ${tally(baseline)} before` : now}`;
}

/** `alice-react 0.1.0 on sim/sdr (simulated)`. */
export function castWords({ agent, agentVersion, model, simulated, replayed }: Run): string {
  const kind = [simulated && 'simulated', replayed && 'replayed'].filter(Boolean).join(', ');
  return `${agent} ${agentVersion} on ${model}${kind && ` (${kind})`}`;
}

/** `2 of 3`; a dash where nothing is known. */
export function countWords(rate: Rate | null): string {
  return rate && rate.n > 0 ? `${rate.successes} of ${rate.n}` : '–';
}

/** `67 % (21 to 94)`. */
export function rateWords(rate: Rate | null): string {
  if (!rate || rate.n === 0) return '–';
  return `${formatPercent(rate.rate)} (${Math.round(rate.low * 100)} to ${Math.round(rate.high * 100)})`;
}

/** `-33.3 (-79.2 to +3.1)`, in points. */
export function pointsWords(difference: Interval | null): string {
  if (!difference) return '–';
  return `${points(difference.value)} (${points(difference.low)} to ${points(difference.high)})`;
}

/** `×1.02 (0.98 to 1.06)`. */
export function ratioWords(ratio: Interval | null): string {
  if (!ratio) return 'not measured';
  return `×${ratio.value.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`;
}

/** `0.012`, `< 0.001`. */
export function chanceWords(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** What the trials say that were played to confirm a suspicion. */
export function freshWords({ fresh, wanted, adjusted }: Confirmation): string {
  if (adjusted === null) return `${fresh.n} of ${wanted} played`;
  return `${countWords(fresh)} passed, chance ${chanceWords(adjusted)}`;
}

/** How small a drop the run could have found: what a green build does not rule out. */
export function sightWords(visible: { drop: number; power: number } | null): string {
  if (!visible) return 'Nothing was compared, so no drop could have been seen.';
  const { drop, power } = visible;
  return `A drop of ${(drop * 100).toFixed(1)} points of the pass rate would have been found with a chance of ${Math.round(power * 100)} %; smaller ones may have been missed.`;
}

/** The test of all scenarios together, in a sentence. */
export function suiteWords({ scenarios, clusters, p, alpha, difference, margin }: SuiteTest): string {
  const grouped = clusters < scenarios ? ` in ${counted(clusters, 'cluster')}` : '';
  return `${counted(scenarios, 'scenario')}${grouped} compared: if nothing had changed, so few passes would come with a chance of ${chanceWords(p)} (fail at ${chanceWords(alpha)}). Mean difference ${pointsWords(difference)} points; pass needs the lower end above -${(margin * 100).toFixed(1)}.`;
}
