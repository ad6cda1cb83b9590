import type { Finding, Note, Score } from '../../domain/score.ts';
import type { ScoringPack, TrialRecord } from './scorer.ts';

/**
 * What the checks say that the scenario asks for. Throws where the pack has no such check or another version of it, and
 * what a check throws: the trial is then void.
 */
export function scoreChecks(record: TrialRecord, pack: ScoringPack): Score {
  const { checks } = record.scenario.expect;
  if (checks.length === 0) {
    return { kind: 'unscored', scorer: 'checks', axis: 'effects', reason: 'the scenario asks for no checks' };
  }
  const notes: Note[] = [];
  const findings = checks.flatMap(({ name, version, arguments: given }): Finding[] => {
    const check = Object.hasOwn(pack.checks ?? {}, name) ? pack.checks?.[name] : undefined;
    if (check?.version !== version) {
      throw new Error(`expected version ${version} of the check "${name}", got ${check?.version ?? 'none'}`);
    }
    notes.push(...(check.notes?.(record, given) ?? []));
    return check
      .check(record, given)
      .map((found) => ({ ...found, failure: 'check', message: `${name}: ${found.message}` }));
  });
  return {
    kind: 'scored',
    scorer: 'checks',
    axis: 'effects',
    pass: findings.length === 0,
    value: findings.length,
    unit: 'findings',
    findings,
    ...(notes.length > 0 && { notes }),
  };
}
