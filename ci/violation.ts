import { canonicalJson } from '../domain/canonical-json.ts';
import type { Trial } from '../domain/trial.ts';

/** A breach of what must never happen: one is enough to fail a run, however good its pass rate. */
export type Violation = {
  code: 'forbidden-effect' | 'duplicate-irreversible-effect';
  message: string;
};

/**
 * The hard invariants that a trial breaks: a forbidden effect or a request to an unknown host, as its scorers found it,
 * and an irreversible effect done twice. A void trial may break one too: what was done was done.
 */
export function violationsOf(trial: Trial): Violation[] {
  const forbidden = new Set(
    trial.scores
      .flatMap((score) => (score.kind === 'scored' ? score.findings : []))
      .filter((finding) => finding.failure === 'forbidden')
      .map((finding) => finding.message),
  );
  const { outcome } = trial;
  if (forbidden.size === 0 && outcome.kind === 'failed' && outcome.failure === 'forbidden') {
    forbidden.add(outcome.explanation);
  }
  return [
    ...[...forbidden].map((message): Violation => ({ code: 'forbidden-effect', message })),
    ...duplicatesOf(trial),
  ];
}

/**
 * Irreversible effects of calls that repeat an earlier one word for word. In a trial that passed they were expected.
 * A repetition in other words is left to the scorers: only they know what was due.
 */
function duplicatesOf({ outcome, journal, calls }: Trial): Violation[] {
  if (outcome.kind === 'passed') return [];
  const requests = new Map(calls.map((call) => [call.number, call.request]));
  const first = new Map<string, number>();
  return journal
    .filter((effect) => effect.irreversible && effect.operation !== 'egress')
    .flatMap(({ table, call }): Violation[] => {
      const request = requests.get(call.number);
      if (request === undefined) return [];
      const what = canonicalJson([table, call.service, call.operation, request]);
      const earlier = first.get(what) ?? call.number;
      first.set(what, earlier);
      if (earlier === call.number) return [];
      const message = `${call.operation} of ${call.service} wrote to ${table} in call ${earlier} and again, with the same request, in call ${call.number}: ${table} is irreversible`;
      return [{ code: 'duplicate-irreversible-effect', message }];
    });
}
