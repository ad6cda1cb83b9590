import { abstains } from '../../domain/abstention.ts';
import { ledgerOf } from '../../domain/ledger.ts';
import type { Finding, Score } from '../../domain/score.ts';
import type { TrialRecord } from './scorer.ts';
import { describeEnd, describeValue } from './wording.ts';

/**
 * Whether the agent said what was due: each fact, in one of its ways, in some turn of it (lower case, the commas taken out of what was
 * said, as tau-bench compares), a question in its last turn where it had to ask (see `asks`), and a hand-over in some
 * turn where it had to escalate (see `handsOver`). Of several right ends that of the ledger counts.
 */
export function scoreFacts({ scenario, journal, turns }: TrialRecord): Score {
  const { facts } = scenario.expect;
  const { abstain, end } = ledgerOf(scenario.expect, journal, turns);
  const said = turns.filter((turn) => turn.from === 'agent').map((turn) => turn.text);
  const plain = said.map((text) => text.toLowerCase().replaceAll(',', ''));
  const findings = facts
    .map((fact) => [fact].flat())
    .filter((ways) => !plain.some((text) => ways.some((way) => text.includes(way.toLowerCase()))))
    .map((ways) => {
      const due = ways.map((way) => `"${way}"`).join(' or ');
      return unsaid(`${due} was never said`, ways.length > 1 ? due : (ways[0] ?? ''), said);
    });
  if (!abstains(abstain, turns)) {
    const owed =
      abstain === 'ask'
        ? unsaid('had to ask back and asked nothing at the end', 'a question', said)
        : unsaid('had to hand over and never said that a person takes over', 'a hand-over', said);
    findings.push({ ...owed, message: `${owed.message}${describeEnd({ end }, scenario.expect)}` });
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

/** A person is told the last words beside what they lack. */
function unsaid(what: string, expected: string, said: readonly string[]): Finding {
  const last = said.at(-1) ?? null;
  const message = `${what} (${last === null ? 'it said nothing' : `it said last: ${describeValue(last)}`})`;
  return { failure: 'unsaid', message, expected, actual: last, spanId: null };
}
