import type { z } from 'zod';
import { ERRORS } from '../../domain/errors.ts';
import { fieldProblem } from '../../domain/field-problem.ts';
import { Scenario } from '../../domain/scenario.ts';
import { findSlips } from '../scenario/find-slips.ts';
import type { ScoringPack } from '../scorers/scorer.ts';
import type { Complaint } from './complaint.ts';
import { type Examined, examine } from './examine.ts';

/** Examines a scenario as an author wrote it: its fields first, all of them, then all that `examine` looks at. */
export async function examineDraft(input: unknown, pack: ScoringPack): Promise<Examined> {
  const parsed = Scenario.safeParse(input);
  const complaints = parsed.success
    ? findSlips(parsed.data)
    : parsed.error.issues.flatMap((issue) => fieldComplaints(issue, input));
  if (parsed.success && complaints.length === 0) return examine(parsed.data, pack);
  return { id: idOf(input), tallies: { form: { good: 0, all: 1, free: 0 } }, complaints };
}

function idOf(input: unknown): string {
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : null;
  return typeof id === 'string' && id !== '' ? id : '(without id)';
}

/** One complaint a field; of several shapes that a value may have, those about the one that it comes nearest to. */
function fieldComplaints(issue: z.core.$ZodIssue, input: unknown): Complaint[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `expected only the fields there are, got "${key}"`,
      cure: 'Correct its name or take it out; docs/reference/scenario.md lists the fields.',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((best, next) => (depthOf(next) > depthOf(best) ? next : best));
    return nearest.flatMap((inner) =>
      fieldComplaints({ ...inner, path: [...issue.path, ...inner.path] }, input),
    );
  }
  return [{ path: issue.path, message: fieldProblem(issue, input), cure: ERRORS.SCENARIO_UNREADABLE.hint }];
}

/** How far a value went along with a shape before it differed. */
function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.min(...issues.map(({ path }) => path.length));
}
