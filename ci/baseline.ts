import { z } from 'zod';
import { AppError, messageOf } from '../domain/errors.ts';
import { schemaProblem } from '../domain/field-problem.ts';
import { RunId, ScenarioId } from '../domain/ids.ts';
import { Micros, NanoUsd } from '../domain/units.ts';

/** A trial of the past. `null`: not known. */
export const BaselineTrial = z.object({
  run: RunId,
  passed: z.boolean(),
  /** Calls of models and tools. */
  steps: z.int().nonnegative().nullable(),
  virtualDuration: Micros.nullable(),
  cost: NanoUsd.nullable(),
});
export type BaselineTrial = z.infer<typeof BaselineTrial>;

/** A run that gave trials to a baseline. */
const BaselineRun = z.object({
  id: RunId,
  agentVersion: z.string(),
  commit: z.string().nullable(),
  /** When it ended, ISO 8601 UTC. */
  at: z.iso.datetime(),
});

const BaselineScenario = z.object({
  /** Of the scenario as it was tried; another digest is another question. */
  digest: z.string().min(1),
  /** Where it is not the id. */
  cluster: z.string().optional(),
  /** Oldest first. Voids are none. */
  trials: z.array(BaselineTrial).min(1, 'expected at least one trial'),
});

const scenarios = <T extends z.ZodType>(scenario: T) =>
  z
    .record(ScenarioId, scenario)
    .refine((some) => Object.keys(some).length > 0, 'expected at least one scenario');

/**
 * What an agent did on the main branch: the measure of a later change. It gathers the trials of run after run, of each
 * scenario as it is now, and forgets the oldest. Kept as a file beside the agent.
 */
export const Baseline = z.strictObject({
  version: z.literal(2),
  pack: z.string(),
  agent: z.string(),
  model: z.string(),
  /** Those that its trials are of, oldest first. */
  runs: z.array(BaselineRun),
  /** By scenario id. */
  scenarios: scenarios(BaselineScenario),
});
export type Baseline = z.infer<typeof Baseline>;

/** Of an older Rehearse: one run, counted. */
const BaselineOne = z
  .object({
    version: z.literal(1),
    pack: z.string(),
    agent: z.string(),
    model: z.string(),
    blessedFrom: RunId,
    at: z.iso.datetime(),
    scenarios: scenarios(
      z
        .object({
          digest: z.string().min(1),
          passed: z.int().nonnegative(),
          failed: z.int().nonnegative(),
        })
        .refine(({ passed, failed }) => passed + failed > 0, 'expected at least one trial'),
    ),
  })
  .transform(
    ({ blessedFrom, at, version: _, scenarios: counts, ...of }): Baseline => ({
      version: 2,
      ...of,
      runs: [{ id: blessedFrom, agentVersion: 'unknown', commit: null, at }],
      scenarios: Object.fromEntries(
        Object.entries(counts).map(([id, { digest, passed, failed }]) => [
          id,
          {
            digest,
            trials: Array.from({ length: passed + failed }, (_, place) => ({
              run: blessedFrom,
              passed: place < passed,
              steps: null,
              virtualDuration: null,
              cost: null,
            })),
          },
        ]),
      ),
    }),
  );

const versions: Readonly<Record<number, z.ZodType<Baseline>>> = { 1: BaselineOne, 2: Baseline };

/** The text of a baseline file: one line a scenario, ordered by id, so that a diff shows what changed and no more. */
export function baselineText(baseline: Baseline): string {
  const { version, pack, agent, model, runs, scenarios } = baseline;
  const heading = JSON.stringify({ version, pack, agent, model }, null, 2);
  const runLines = runs.map((run) => `    ${JSON.stringify(run)}`);
  const lines = Object.entries(scenarios)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, scenario]) => `    ${JSON.stringify(id)}: ${JSON.stringify(scenario)}`);
  return `${heading.slice(0, -2)},\n  "runs": [\n${runLines.join(',\n')}\n  ],\n  "scenarios": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/**
 * Parses the text of a baseline file, also of an older version.
 *
 * @param name of the file, for the message.
 * @throws AppError BASELINE_UNREADABLE naming the field that is wrong.
 */
export function parseBaseline(text: string, name: string): Baseline {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('BASELINE_UNREADABLE', `expected JSON in ${name}: ${messageOf(cause)}`, { cause });
  }
  const { data: head } = z.object({ version: z.number() }).safeParse(json);
  const schema = versions[head?.version ?? 2];
  if (!schema) {
    throw new AppError(
      'BASELINE_UNREADABLE',
      `expected version 1 or 2 of a baseline in ${name}, got ${head?.version}`,
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'BASELINE_UNREADABLE',
    `expected a baseline in ${name}: ${schemaProblem(parsed.error, json)}`,
  );
}
