import { asks } from '../../domain/asks.ts';
import type { Finding, Score } from '../../domain/score.ts';
import { handsOver } from './hands-over.ts';
import type { TrialRecord } from './scorer.ts';

/**
 * Whether the agent said what was due: each fact in some turn of it (lower case, the commas taken out of what was
 * said, as tau-bench compares), a question in its last turn where it had to ask (see `asks`), and a hand-over in some
 * turn where it had to escalate (see `handsOver`).
 */
export function scoreFacts({ scenario, turns }: TrialRecord): Score {
  const { facts, abstain } = scenario.expect;
  const said = turns.filter((turn) => turn.from === 'agent').map((turn) => turn.text);
  const plain = said.map((text) => text.toLowerCase().replaceAll(',', ''));
  const findings = facts
    .filter((fact) => !plain.some((text) => text.includes(fact.toLowerCase())))
    .map((fact) => unsaid(`"${fact}" was never said`, fact, said));
  if (abstain === 'ask' && !asks(said.at(-1) ?? '')) {
    findings.push(unsaid('asked nothing: the last thing said is no question', 'a question', said));
  }
  if (abstain === 'escalate' && !said.some(handsOver)) {
    findings.push(unsaid('did not say that a person takes over', 'a hand-over', said));
  }
  const due = facts.length + (abstain === 'ask' || abstain === 'escalate' ? 1 : 0);
  if (due === 0)
    return { kind: 'unscored', scorer: 'facts', axis: 'facts', reason: 'nothing had to be said' };
  return {
    kind: 'scored',
    scorer: 'facts',
    axis: 'facts',
    pass: findings.length === 0,
    value: due - findings.length,
    unit: `of ${due} said`,
    findings,
  };
}

function unsaid(message: string, expected: string, said: readonly string[]): Finding {
  return { failure: 'unsaid', message, expected, actual: said.at(-1) ?? null, spanId: null };
}
