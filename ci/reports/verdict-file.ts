import { z } from 'zod';
import { ScenarioId, TraceId, TrialId } from '../../domain/ids.ts';
import { Outcome } from '../../domain/outcome.ts';
import { Run } from '../../domain/run.ts';
import { Verdict } from '../../domain/verdict.ts';
import { GatePolicy } from '../gate-policy.ts';
import { byPlace } from '../trial-order.ts';
import type { GateReport } from './gate-report.ts';
import { headline } from './words.ts';

/** A trial that did not pass. */
const TroubledTrial = z.strictObject({
  id: TrialId,
  scenarioId: ScenarioId,
  /** 0, 1, 2, ... within its scenario. */
  index: z.int().nonnegative(),
  outcome: Outcome,
  /** What the scorers found besides. */
  findings: z.array(z.string()),
  traceId: TraceId.nullable(),
  /** Its page, where a collector stays up. */
  url: z.string().nullable(),
});

/** The file `verdict.json`, for programs: docs/reference/verdict.schema.json. */
export const VerdictFile = z
  .strictObject({
    /** Of the form of this file: fields may be added, none is renamed or taken away. */
    version: z.literal(1),
    /** The verdict in one line. */
    headline: z.string(),
    /** What the command ends with: 0 pass, 1 regression, 3 cannot measure, 4 inconclusive where the policy says so. */
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(4)]),
    run: Run.omit({ verdict: true }),
    policy: GatePolicy,
    verdict: Verdict,
    /** Failed and void trials, by scenario and index. */
    troubled: z.array(TroubledTrial),
  })
  .meta({ title: 'verdict.json of Rehearse' });
export type VerdictFile = z.infer<typeof VerdictFile>;

/** What `verdict.json` holds. */
export function verdictFile(report: GateReport, policy: GatePolicy, exitCode: number): VerdictFile {
  const { verdict: _, ...run } = report.run;
  return VerdictFile.parse({
    version: 1,
    headline: headline(report.verdict),
    exitCode,
    run,
    policy,
    verdict: report.verdict,
    troubled: report.trials
      .filter(({ outcome }) => outcome.kind !== 'passed')
      .toSorted(byPlace)
      .map(({ id, scenarioId, index, outcome, findings, traceId }) => ({
        id,
        scenarioId,
        index,
        outcome,
        findings,
        traceId,
        url: report.links.trial(id),
      })),
  });
}

/** The JSON Schema of `verdict.json`. */
export function verdictSchema(): object {
  return z.toJSONSchema(VerdictFile, { io: 'output' });
}
