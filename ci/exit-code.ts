import type { Verdict } from '../domain/verdict.ts';
import type { GatePolicy } from './gate-policy.ts';

/** Exit codes of the command line; 2 is an error of usage, which comes before any verdict (`AppError.exit`). */
const EXIT_CODES = { pass: 0, regression: 1, usage: 2, cannotMeasure: 3, inconclusive: 4 } as const;

/**
 * The exit code that tells CI the verdict: 0 pass, 1 regression, 3 cannot measure; an inconclusive run is 0 where the
 * policy is neutral about it, else 4.
 */
export function exitCode(verdict: Pick<Verdict, 'kind'>, policy: Pick<GatePolicy, 'inconclusive'>): number {
  switch (verdict.kind) {
    case 'pass':
      return EXIT_CODES.pass;
    case 'fail':
      return EXIT_CODES.regression;
    case 'cannot-measure':
      return EXIT_CODES.cannotMeasure;
    case 'inconclusive':
      return policy.inconclusive === 'neutral' ? EXIT_CODES.pass : EXIT_CODES.inconclusive;
  }
}
