import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { schemaProblem } from '../domain/field-problem.ts';
import type { Scenario } from '../domain/scenario.ts';
import { type Pack, placeOfScenario, scenariosOf } from '../harness/index.ts';

/** Whether the path of a pack is that of code. */
export function isCodeFile(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

/** A pack as far as it can be seen to be one; what its services and models do shows when they are used. */
const PackShape = z.object({
  name: z.string().min(1),
  scenarios: z.array(z.unknown()).min(1),
  services: z.array(z.looseObject({ name: z.string() })).min(1),
  fixtures: z.record(z.string(), z.unknown()),
  models: z.array(z.looseObject({ name: z.string() })),
  checks: z.record(z.string(), z.unknown()).optional(),
});

/** What a file of code holds: a pack of its own, or scenarios, which play in a pack that is there. */
export type PackCode = { kind: 'pack'; pack: Pack } | { kind: 'scenarios'; scenarios: Scenario[] };

/**
 * Loads a file of code that exports a `pack`, or else scenarios, singly or in arrays, under any names.
 *
 * @throws AppError SCENARIO_UNREADABLE where it cannot be loaded, exports neither, or a scenario is wrong
 */
export async function packOfCode(path: string): Promise<PackCode> {
  const exported = await load(path);
  if ('pack' in exported) return { kind: 'pack', pack: packIn(exported.pack, path) };
  const candidates = Object.values(exported).flat().filter(meansScenario);
  if (candidates.length > 0) return { kind: 'scenarios', scenarios: checked(candidates, path) };
  const names = Object.keys(exported).join(', ') || 'nothing';
  throw unreadable(`${path}: expected an export "pack", or scenarios of defineScenario, got ${names}`);
}

async function load(path: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unreadable(`${path} cannot be loaded: ${cause}`, cause);
  }
}

function packIn(value: unknown, path: string): Pack {
  const exported = { pack: value };
  const read = z.object({ pack: PackShape }).safeParse(exported);
  if (!read.success) throw unreadable(`${path}: ${schemaProblem(read.error, exported)}`);
  const pack = value as Pack;
  return { ...pack, scenarios: checked(pack.scenarios, path) };
}

/** Those of `defineScenario` stay the objects that they are: they know where they were defined. */
function checked(scenarios: readonly unknown[], path: string): Scenario[] {
  const parsed = scenariosOf(scenarios, path);
  return parsed.map((scenario, index) => {
    const given = scenarios[index] as Scenario;
    return placeOfScenario(given) === null ? scenario : given;
  });
}

function meansScenario(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'world' in value && 'expect' in value;
}

function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('SCENARIO_UNREADABLE', message, { cause });
}
