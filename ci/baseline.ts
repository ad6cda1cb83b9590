import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { RunId, ScenarioId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import { type CandidateTrial, candidateOf } from './candidate.ts';
import { DEFAULT_POLICY } from './gate-policy.ts';
import { isValid, obstaclesOf } from './obstacle.ts';
import type { TrialReport } from './trial-report.ts';

const BaselineScenario = z
  .object({
    /** Of the scenario as it was tried; another digest is another question. */
    digest: z.string().min(1),
    passed: z.int().nonnegative(),
    failed: z.int().nonnegative(),
  })
  .refine(({ passed, failed }) => passed + failed > 0, 'expected at least one trial');

/** What an agent did when it was trusted: the measure of a later change. Kept in the repository beside the agent. */
export const Baseline = z.object({
  version: z.literal(1),
  pack: z.string(),
  agent: z.string(),
  model: z.string(),
  blessedFrom: RunId,
  /** When that run ended, ISO 8601 UTC. */
  at: z.iso.datetime(),
  /** By scenario id. */
  scenarios: z
    .record(ScenarioId, BaselineScenario)
    .refine((scenarios) => Object.keys(scenarios).length > 0, 'expected at least one scenario'),
});
export type Baseline = z.infer<typeof Baseline>;

/**
 * Makes a baseline of a run. Pure; the time is the run's.
 *
 * @throws AppError RUN_NOT_BLESSABLE when the run measures nothing: no trials, a replay, cut short, a scenario without
 *   a valid trial, or more than 5 % voids.
 */
export function bless(run: Run, trials: readonly TrialReport[]): Baseline {
  const candidate = candidateOf(run, trials);
  const obstacles = obstaclesOf(candidate, DEFAULT_POLICY.voidShare);
  if (obstacles.length > 0) {
    const why = obstacles.map((obstacle) => obstacle.message).join(' ');
    throw new AppError('RUN_NOT_BLESSABLE', `expected a run that measures its agent, got ${run.id}: ${why}`);
  }
  const byScenario = Map.groupBy(candidate.trials.filter(isValid), (trial) => trial.scenarioId);
  return {
    version: 1,
    pack: run.pack,
    agent: run.agent,
    model: run.model,
    blessedFrom: run.id,
    at: new Date((run.end ?? run.start) / 1000).toISOString(),
    scenarios: Object.fromEntries([...byScenario].map(([id, some]) => [id, scenarioOf(run.id, id, some)])),
  };
}

function scenarioOf(runId: RunId, id: ScenarioId, trials: readonly CandidateTrial[]) {
  const [digest = '', other] = new Set(trials.map((trial) => trial.digest));
  if (other !== undefined) {
    throw new AppError(
      'RUN_NOT_BLESSABLE',
      `expected one digest of ${id} in run ${runId}, got ${digest} and ${other}: the scenario was changed half-way`,
    );
  }
  const passed = trials.filter((trial) => trial.outcome.kind === 'passed').length;
  return { digest, passed, failed: trials.length - passed };
}

/** The text of a baseline file: one line a scenario, ordered by id, so that a diff shows what changed and no more. */
export function baselineText(baseline: Baseline): string {
  const { scenarios, ...head } = baseline;
  const { version, pack, agent, model, blessedFrom, at } = head;
  const heading = JSON.stringify({ version, pack, agent, model, blessedFrom, at }, null, 2);
  const lines = Object.entries(scenarios)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([id, { digest, passed, failed }]) =>
        `    ${JSON.stringify(id)}: ${JSON.stringify({ digest, passed, failed })}`,
    );
  return `${heading.slice(0, -2)},\n  "scenarios": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/**
 * Parses the text of a baseline file.
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
  const parsed = Baseline.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'the file';
  throw new AppError('BASELINE_UNREADABLE', `expected a baseline in ${name}: ${field}: ${issue?.message}`);
}

/**
 * Reads a baseline file.
 *
 * @throws AppError BASELINE_MISSING when there is no such file, BASELINE_UNREADABLE when it is none.
 */
export async function readBaseline(path: string, signal?: AbortSignal): Promise<Baseline> {
  return parseBaseline(await readText(path, signal), path);
}

async function readText(path: string, signal?: AbortSignal): Promise<string> {
  try {
    return await readFile(path, { encoding: 'utf8', ...(signal && { signal }) });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing)
      throw new AppError('BASELINE_MISSING', `expected a baseline at ${path}, found no file`, { cause });
    throw new AppError('BASELINE_UNREADABLE', `expected a baseline at ${path}: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** Writes a baseline file whole or not at all: beside it first, then in its place. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(beside, baselineText(baseline));
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
