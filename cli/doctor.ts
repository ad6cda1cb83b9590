import { readFile } from 'node:fs/promises';
import { AppError } from '../domain/errors.ts';
import {
  draftOfFile,
  type Examined,
  examineDraft,
  isPackFile,
  type Pack,
  placeInJson,
  readScenarioJson,
  SERVICES,
} from '../harness/index.ts';
import { type Finding, reportOf } from './doctor-report.ts';
import { isCodeFile } from './pack-of-code.ts';
import { findPack, loadCode, packOfId } from './packs.ts';
import { scenarioPlaces } from './scenario-places.ts';

/** A scenario as it was written, the pack that it plays in, and where its fields stand. */
type Draft = { input: unknown; pack: Pack; place(path: readonly PropertyKey[]): string };

/**
 * Tests the scenarios of a pack or of a file without any model, tells what is wrong with file, line and cure, and gives
 * the exit code: 0 where nothing is, 2 otherwise.
 *
 * @throws AppError UNKNOWN_PACK; SCENARIO_UNREADABLE for a file that is not there or not JSON; FIXTURE_UNKNOWN
 */
export async function doctor({
  pack,
  json,
  signal,
}: {
  pack: string;
  json?: boolean;
  signal: AbortSignal;
}): Promise<number> {
  const { examined, findings } = await examineAll(pack, signal);
  if (json) console.log(JSON.stringify({ scenarios: examined, findings }, null, 2));
  else process.stdout.write(reportOf(examined, findings, { color: process.stdout.hasColors?.() ?? false }));
  return findings.length === 0 ? 0 : 2;
}

/** The examinations, and all complaints with their places. */
export async function examineAll(
  nameOrFile: string,
  signal: AbortSignal,
): Promise<{ examined: Examined[]; findings: Finding[] }> {
  const examined: Examined[] = [];
  const findings: Finding[] = [];
  for (const { input, pack, place } of await draftsOf(nameOrFile)) {
    signal.throwIfAborted();
    const { id, tallies, complaints } = await examineDraft(input, pack);
    const twice = {
      path: ['id'],
      message: `expected each id once, got "${id}" twice`,
      cure: 'Give it another id.',
    };
    const all = examined.some((other) => other.id === id) ? [...complaints, twice] : complaints;
    examined.push({ id, tallies, complaints: all });
    findings.push(...all.map((complaint) => ({ ...complaint, id, place: place(complaint.path) })));
  }
  return { examined, findings };
}

async function draftsOf(nameOrFile: string): Promise<Draft[]> {
  const named = await findPack(nameOrFile);
  if (named) return draftsOfCode(named, nameOrFile);
  if (isCodeFile(nameOrFile)) return draftsOfCode(await loadCode(nameOrFile), nameOrFile);
  const value = await readScenarioJson(nameOrFile);
  const text = await readFile(nameOrFile, 'utf8');
  const place = (path: readonly PropertyKey[]) => {
    const { line, column } = placeInJson(text, path);
    return `${nameOrFile}:${line}:${column}`;
  };
  if (isPackFile(value)) {
    const { pack, drafts } = draftOfFile(value, nameOrFile, SERVICES);
    return drafts.map((input, index) => ({
      input,
      pack,
      place: (path) => place(['scenarios', index, ...path]),
    }));
  }
  if (!Array.isArray(value)) return [{ input: value, pack: await packOfId(idOf(value)), place }];
  if (value.length === 0)
    throw new AppError('SCENARIO_UNREADABLE', `${nameOrFile}: expected at least one scenario, got []`);
  return Promise.all(
    value.map(async (input, index) => ({
      input,
      pack: await packOfId(idOf(input)),
      place: (path: readonly PropertyKey[]) => place([index, ...path]),
    })),
  );
}

function idOf(input: unknown): string | undefined {
  return typeof input === 'object' && input !== null && 'id' in input && typeof input.id === 'string'
    ? input.id
    : undefined;
}

/** A scenario in code has one place, whichever field is meant: `scenarios/sdr/first-touch.scenario.ts:20`. */
function draftsOfCode(pack: Pack, nameOrFile: string): Draft[] {
  const places = scenarioPlaces(pack, nameOrFile, process.cwd());
  return pack.scenarios.map((input) => ({
    input,
    pack,
    place() {
      const found = places.get(input.id);
      return found ? `${found.file}:${found.line}` : nameOrFile;
    },
  }));
}
