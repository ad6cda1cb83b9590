import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { ScenarioId } from '../domain/ids.ts';
import { type Pack, placeInJson, placeOfScenario, type ScenarioPlace } from '../harness/index.ts';

/** Where each scenario of a pack is written, for who wants to go there. */
export type ScenarioPlaces = ReadonlyMap<ScenarioId, ScenarioPlace>;

/**
 * Finds the scenarios of a pack in the code that defines them, or in the JSON file that holds them. Paths are relative to
 * `root` and have forward slashes, as CI systems want them. One that cannot be found is left out.
 *
 * @param nameOrFile as `loadPack` took it
 * @param root of the repository
 */
export function scenarioPlaces(
  pack: Pick<Pack, 'scenarios'>,
  nameOrFile: string,
  root: string,
): ScenarioPlaces {
  const inFile = nameOrFile.endsWith('.json') && existsSync(nameOrFile) ? placesInFile(nameOrFile) : null;
  const found = pack.scenarios.flatMap((scenario): [ScenarioId, ScenarioPlace][] => {
    const place = inFile?.get(scenario.id) ?? placeOfScenario(scenario);
    return place
      ? [[scenario.id, { ...place, file: relative(root, resolve(place.file)).replaceAll('\\', '/') }]]
      : [];
  });
  return new Map(found);
}

/** At its `id`: that of a pack file, of a list of scenarios, or of the one that the file is. */
function placesInFile(file: string): Map<unknown, ScenarioPlace> {
  const text = readFileSync(file, 'utf8');
  const value: unknown = JSON.parse(text);
  const inPack = isRecord(value) && Array.isArray(value.scenarios) ? value.scenarios : null;
  const items: unknown[] = inPack ?? (Array.isArray(value) ? value : [value]);
  return new Map(
    items.map((item, index) => {
      const path = [
        ...(inPack ? ['scenarios'] : []),
        ...(inPack || Array.isArray(value) ? [index] : []),
        'id',
      ];
      return [isRecord(item) ? item.id : null, { file, line: placeInJson(text, path).line }];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
