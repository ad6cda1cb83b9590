import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import type { Scenario } from '../domain/scenario.ts';
import {
  checkPack,
  isPackFile,
  type Pack,
  packOfFile,
  readScenarioJson,
  SERVICES,
  scenariosOf,
} from '../harness/index.ts';
import { isCodeFile, packOfCode } from './pack-of-code.ts';

/** Each is loaded when it is asked for: together they take longer than a trial. */
const PACKS: Readonly<Record<string, () => Promise<Pack>>> = {
  assistant: async () => (await import('../scenarios/assistant/pack.ts')).assistant,
  browser: async () => (await import('../scenarios/browser/pack.ts')).browser,
  'repo-bot': async () => (await import('../scenarios/repo-bot/pack.ts')).repoBot,
  safety: async () => (await import('../scenarios/safety/pack.ts')).safety,
  sdr: async () => (await import('../scenarios/sdr/pack.ts')).sdr,
  voice: async () => (await import('../scenarios/voice/pack.ts')).voice,
};

const SALES_AGENT = 'alice-react';
const AGENTS: Readonly<Record<string, string>> = {
  assistant: 'assistant',
  browser: 'browser',
  'repo-bot': 'repo-bot',
  voice: 'julian',
};

/** The agent that plays a pack of this name where none is named. */
export function agentOf(pack: string): string {
  return AGENTS[pack] ?? SALES_AGENT;
}

/**
 * A pack by its name; or a file that holds a whole pack, or scenarios, which play in the world of the pack their ids
 * begin with.
 *
 * @throws AppError UNKNOWN_PACK, SCENARIO_UNREADABLE, FIXTURE_UNKNOWN
 */
export async function loadPack(nameOrFile: string): Promise<Pack> {
  const named = await findPack(nameOrFile);
  if (named) return named;
  const pack = isCodeFile(nameOrFile) ? await loadCode(nameOrFile) : await loadJson(nameOrFile);
  checkPack(pack);
  return pack;
}

/**
 * The pack of a file of code.
 *
 * @throws AppError as `loadPack`
 */
export async function loadCode(file: string): Promise<Pack> {
  const code = await packOfCode(file);
  return code.kind === 'pack' ? code.pack : packOfScenarios(code.scenarios);
}

async function loadJson(file: string): Promise<Pack> {
  const value = await readScenarioJson(file);
  if (isPackFile(value)) return packOfFile(value, file, SERVICES);
  return packOfScenarios(scenariosOf(value, file));
}

async function packOfScenarios(scenarios: readonly Scenario[]): Promise<Pack> {
  return { ...(await packOfId(scenarios[0]?.id)), scenarios };
}

/** The packs that come with Rehearse, by name. */
export function allPacks(): Promise<Pack[]> {
  return Promise.all(Object.values(PACKS).map((load) => load()));
}

/**
 * A pack by its name; `null` for the path of a file, JSON or code.
 *
 * @throws AppError UNKNOWN_PACK for anything else
 */
export async function findPack(nameOrFile: string): Promise<Pack | null> {
  const named = await packNamed(nameOrFile);
  if (named || nameOrFile.endsWith('.json') || isCodeFile(nameOrFile)) return named;
  const names = Object.keys(PACKS).join(', ');
  throw new AppError(
    'UNKNOWN_PACK',
    `expected one of ${names}, or a file (.json, .ts, .js), got "${nameOrFile}"`,
  );
}

async function packNamed(name: string): Promise<Pack | null> {
  return Object.hasOwn(PACKS, name) ? ((await PACKS[name]?.()) ?? null) : null;
}

/**
 * The pack that a scenario of this id plays in.
 *
 * @throws AppError UNKNOWN_PACK
 */
export async function packOfId(id: string | undefined): Promise<Pack> {
  const found = await packNamed(id?.split('/')[0] ?? '');
  if (found) return found;
  const names = Object.keys(PACKS).join(', ');
  throw new AppError('UNKNOWN_PACK', `expected ids that begin with one of ${names}, got "${id}"`);
}

/** The named scenarios of a pack, or all of them. */
export function chooseScenarios(pack: Pack, ids: readonly string[] | undefined): Pack {
  if (!ids) return pack;
  const missing = ids.find((id) => !pack.scenarios.some((scenario) => scenario.id === id));
  if (missing !== undefined) {
    const near = pack.scenarios
      .map(({ id }) => id)
      .toSorted((a, b) => commonStart(b, missing) - commonStart(a, missing))
      .slice(0, 5);
    const all = `\`rehearse list ${pack.name}\` names all ${pack.scenarios.length}`;
    throw new AppError(
      'USAGE',
      `expected scenarios of ${pack.name} (${near.join(', ')}; ${all}), got "${missing}"`,
    );
  }
  return { ...pack, scenarios: pack.scenarios.filter((scenario) => ids.includes(scenario.id)) };
}

/** How many characters two texts begin with alike. */
function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/**
 * The baseline that is kept beside a pack, if there is one. A part of a pack, or a file of scenarios, is not what the
 * baseline was made of.
 */
export async function packBaseline(pack: Pack): Promise<string | null> {
  if (pack.scenarios !== (await packNamed(pack.name))?.scenarios) return null;
  const file = join(import.meta.dirname, '../scenarios', pack.name, 'baseline.json');
  return existsSync(file) ? file : null;
}
