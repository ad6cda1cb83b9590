import type { LoopFinding, LoopReport } from './loop.ts';

/** So many steps in a row without progress are no loop yet: a retry, or a look to see whether something has come. */
export const STEPS_ALLOWED = 3;

/**
 * The findings that are loops: stretches of more than `allowed` steps without progress; cycles and ping-pongs as long
 * as that with the round that began them, so that A-B-A-B is one where three steps are allowed. A single call that is
 * repeated may be waiting for something: its first time does not count.
 */
export function loopsOf({ findings }: LoopReport, allowed: number = STEPS_ALLOWED): LoopFinding[] {
  return findings.filter((finding) => countedSteps(finding) > allowed);
}

/** What is held against the allowance: steps, of a ping-pong turns. */
export function countedSteps(finding: LoopFinding): number {
  switch (finding.kind) {
    case 'stretch':
      return finding.steps;
    case 'cycle':
      return finding.steps + (finding.sequence.length > 1 ? finding.sequence.length : 0);
    case 'ping-pong':
      return finding.turns;
    case 'limit':
      return 0;
  }
}

/** Ends by a limit of steps, as of a loop that something stopped. An answer that was cut is another matter. */
export function stepLimitsOf({ findings }: LoopReport): LoopFinding[] {
  return findings.filter((finding) => finding.kind === 'limit' && finding.limit === 'steps');
}
