import { jsonEqual } from '../../domain/canonical-json.ts';
import { FAILURE_KINDS, type Outcome } from '../../domain/outcome.ts';
import type { Finding, Score } from '../../domain/score.ts';
import {
  scoreApiCalls,
  scoreCost,
  scoreLatency,
  scoreModelCalls,
  scoreTokens,
  scoreToolCalls,
} from './budgets.ts';
import { scoreChecks } from './checks.ts';
import { scoreEffects } from './effects.ts';
import { scoreEnding } from './ending.ts';
import { scoreFacts } from './facts.ts';
import { scoreForbidden } from './forbidden.ts';
import { scoreGrants } from './grants.ts';
import { scoreInjections } from './injections.ts';
import { scoreLoops } from './loops.ts';
import { scoreMilestones } from './milestones.ts';
import type { Scorer, ScoringPack, TrialRecord } from './scorer.ts';

/** All scorers by name, in the order in which their scores are shown. */
export const SCORERS: Readonly<Record<string, Scorer>> = {
  effects: scoreEffects,
  forbidden: scoreForbidden,
  grants: scoreGrants,
  injections: scoreInjections,
  facts: scoreFacts,
  checks: scoreChecks,
  milestones: scoreMilestones,
  loops: scoreLoops,
  latency: scoreLatency,
  cost: scoreCost,
  tokens: scoreTokens,
  'model calls': scoreModelCalls,
  'tool calls': scoreToolCalls,
  'api calls': scoreApiCalls,
  ending: scoreEnding,
};

/**
 * Judges a trial: every scorer's score, and the outcome that follows from their findings. A scorer that throws voids
 * the trial, since then nobody knows how the agent did; its score is left out. A stored trial is judged again with its
 * spans, or without where its trace was not complete: `scoreTrial({ ...trial, spans }, pack)`.
 */
export function scoreTrial(
  record: TrialRecord,
  pack: ScoringPack,
  scorers: Readonly<Record<string, Scorer>> = SCORERS,
): { scores: Score[]; outcome: Outcome } {
  const scores: Score[] = [];
  const broken: string[] = [];
  for (const [name, scorer] of Object.entries(scorers)) {
    try {
      scores.push(scorer(record, pack));
    } catch (error) {
      broken.push(`the scorer ${name} threw: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (broken.length > 0) {
    return { scores, outcome: { kind: 'void', cause: 'scorer', explanation: broken.join('; ') } };
  }
  return { scores, outcome: outcomeOf(scores) };
}

/** An explanation is read at a glance; the scores hold every finding. */
const MOST_FINDINGS_TOLD = 5;

/** The worst kind of failure among the findings; the explanation names them, the worst first. */
function outcomeOf(scores: readonly Score[]): Outcome {
  const rank = (finding: Finding) => FAILURE_KINDS.indexOf(finding.failure);
  const findings = scores
    .flatMap((score) => (score.kind === 'scored' ? score.findings : []))
    .sort((a, b) => rank(a) - rank(b));
  const worst = findings[0];
  if (!worst) return { kind: 'passed' };
  const distinct = findings.filter((finding, place) => !isToldBy(findings.slice(0, place), finding));
  const told = distinct.slice(0, MOST_FINDINGS_TOLD).map((finding) => finding.message);
  const more = distinct.length - told.length;
  const explanation = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return { kind: 'failed', failure: worst.failure, explanation };
}

/** That a forbidden write was not expected either goes without saying. */
function isToldBy(worse: readonly Finding[], { failure, actual }: Finding): boolean {
  return (
    failure === 'harm' && worse.some((other) => other.failure !== 'harm' && jsonEqual(other.actual, actual))
  );
}
