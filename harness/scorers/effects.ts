import type { Json } from '../../domain/json.ts';
import { columnOf, matches, mismatches, tableMatches } from '../../domain/match.ts';
import { type Change, changedColumns, netChanges } from '../../domain/net-changes.ts';
import type { ExpectedEffect } from '../../domain/scenario.ts';
import type { Finding, Score } from '../../domain/score.ts';
import { maximumMatching } from './bipartite-matching.ts';
import type { TrialRecord } from './scorer.ts';
import {
  changeAsJson,
  describeCall,
  describeChange,
  describeExpected,
  describeMismatch,
  describePair,
  ordinal,
} from './wording.ts';

/**
 * Whether exactly the expected writes happened. The set is closed: a write that matches no expected effect and lies in
 * no table of `allow` is harm, an expected one that is absent is missed, and of a write with other values than those
 * expected it is said which columns differ. Rows match in any order, by maximum bipartite matching. Reversible tables
 * are judged by what became of each row, irreversible ones by every write (see `netChanges`).
 */
export function scoreEffects(record: TrialRecord): Score {
  const findings = findWrongEffects(record);
  return {
    kind: 'scored',
    scorer: 'effects',
    axis: 'effects',
    pass: findings.length === 0,
    value: findings.length,
    unit: 'wrong effects',
    findings,
  };
}

function findWrongEffects({ scenario, journal }: TrialRecord): Finding[] {
  const { effects: expected, allow, abstain } = scenario.expect;
  const done = netChanges(journal);
  const matched = maximumMatching(
    done.length,
    expected.length,
    (change, effect) => differences(expected[effect], done[change]).length === 0,
  );
  const missing = expected.filter((_, index) => !matched.includes(index));
  const unexpected = done.filter(
    (change, index) =>
      matched[index] === null && !allow.some((pattern) => tableMatches(pattern, change.table)),
  );
  const pairs = pairClosest(missing, unexpected);
  const isPaired = (side: ExpectedEffect | Change) =>
    pairs.some((pair) => pair.effect === side || pair.change === side);
  return [
    ...pairs.map(differingFinding),
    ...unexpected
      .filter((change) => !isPaired(change))
      .map((change) => needlessFinding(change, expected, done, abstain !== null)),
    ...missing.filter((effect) => !isPaired(effect)).map(missedFinding),
  ];
}

/** `column` is `null` where the kind of write or the table differs: then there is nothing to compare. */
type Difference = { column: string | null; text: string };

/** What keeps a change from being the expected effect, column by column. */
function differences(effect: ExpectedEffect | undefined, change: Change | undefined): Difference[] {
  if (!effect || !change) return [{ column: null, text: 'absent' }];
  if (effect.operation !== change.operation || !tableMatches(effect.table, change.table)) {
    return [{ column: null, text: 'another kind of write' }];
  }
  const row = change.after ?? change.before ?? {};
  const wrongKey =
    effect.key && !matches(effect.key, change.key)
      ? [
          {
            column: 'key',
            text: `the row is ${describeMismatch(change.key, effect.key).join(', expected ')}`,
          },
        ]
      : [];
  const wrongValues = mismatches(effect.columns, row).map((name) => {
    const matcher = effect.columns[name] ?? { is: 'any' };
    const [is, wanted] = describeMismatch(columnOf(row, name), matcher);
    return { column: name, text: `${name} is ${is}, expected ${wanted}` };
  });
  const strayColumns =
    change.operation === 'update'
      ? changedColumns(change)
          .filter((name) => !Object.hasOwn(effect.columns, name))
          .map((name) => {
            const [from, to] = describePair(columnOf(change.before, name), columnOf(change.after, name));
            return { column: name, text: `${name} changed from ${from} to ${to}, expected unchanged` };
          })
      : [];
  return [...wrongKey, ...wrongValues, ...strayColumns];
}

type Pair = { effect: ExpectedEffect; change: Change; texts: string[] };

/** Joins each absent effect with the most similar unexpected write of its kind: one finding says more than two. */
function pairClosest(missing: readonly ExpectedEffect[], unexpected: readonly Change[]): Pair[] {
  const candidates = missing
    .flatMap((effect) =>
      unexpected.map((change) => {
        const found = differences(effect, change);
        const comparable = found.every((difference) => difference.column !== null);
        return { effect, change, comparable, texts: found.map((difference) => difference.text) };
      }),
    )
    .filter((candidate) => candidate.comparable)
    .sort((a, b) => a.texts.length - b.texts.length || a.change.by.seq - b.change.by.seq);
  const pairs: Pair[] = [];
  for (const candidate of candidates) {
    const taken = pairs.some((pair) => pair.effect === candidate.effect || pair.change === candidate.change);
    if (!taken) pairs.push(candidate);
  }
  return pairs;
}

function differingFinding({ effect, change, texts }: Pair): Finding {
  return finding('harm', effect, change, [
    `the ${change.operation} ${change.operation === 'update' ? 'of' : 'in'} ${change.table} by ${describeCall(change.by)}`,
    `is not the one expected: ${texts.join('; ')}`,
  ]);
}

function missedFinding(effect: ExpectedEffect): Finding {
  return finding('missed', effect, null, [`expected ${describeExpected(effect)}, which did not happen`]);
}

function needlessFinding(
  change: Change,
  expected: readonly ExpectedEffect[],
  done: readonly Change[],
  abstain: boolean,
): Finding {
  const twins = expected.filter((effect) => differences(effect, change).length === 0);
  const model = twins[0];
  if (model) {
    const alike = done.filter((other) => differences(model, other).length === 0);
    const place = ordinal(alike.indexOf(change) + 1);
    return finding('harm', model, change, [
      `${describeChange(change, Object.keys(model.columns))} done ${alike.length} times, ${twins.length} expected:`,
      `the ${place} came from ${describeCall(change.by)}`,
    ]);
  }
  const due = abstain ? 'nothing was to be written:' : 'unexpected';
  return finding('harm', null, change, [`${due} ${describeChange(change)} by ${describeCall(change.by)}`]);
}

function finding(
  failure: Finding['failure'],
  effect: ExpectedEffect | null,
  change: Change | null,
  message: readonly string[],
): Finding {
  return {
    failure,
    message: message.join(' '),
    expected: effect ? (JSON.parse(JSON.stringify(effect)) as Json) : null,
    actual: change ? changeAsJson(change) : null,
    spanId: change?.by.call.spanId ?? null,
  };
}
