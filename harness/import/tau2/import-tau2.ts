import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import { JsonObject } from '../../../domain/json.ts';
import { type Imported, type ImportedTask, importedOf } from '../imported.ts';
import { readJson } from '../read-json.ts';
import { DOMAINS, type Domain, fixtureOf } from './domain.ts';
import { Task } from './task.ts';
import { importTask, packName } from './task-scenario.ts';

/** Where the domains may lie below the directory that is given: a checkout, its `data/tau2`, or its `domains`. */
const PLACES = ['', 'domains', 'data/tau2/domains'];

/**
 * Turns the domains of tau2-bench whose tools are served here into packs: a scenario a task, with the task's reference
 * calls as its reference and what they bring about as its expected effects.
 *
 * @param directory a checkout of tau2-bench, its `data/tau2`, or the `domains` in it; a domain holds tasks.json and db.json
 * @throws AppError DATA_DIRECTORY_MISSING, DATA_UNREADABLE
 */
export async function importTau2(directory: string): Promise<Imported[]> {
  const found = DOMAINS.flatMap((domain) => {
    const place = PLACES.map((below) => join(directory, below, domain.name)).find((path) =>
      existsSync(join(path, 'tasks.json')),
    );
    return place === undefined ? [] : [{ domain, place }];
  });
  if (found.length === 0) {
    const names = DOMAINS.map(({ name }) => `${name}/tasks.json`).join(' or ');
    throw new AppError(
      'DATA_DIRECTORY_MISSING',
      `expected ${names} in ${directory}, or in domains/ below it`,
    );
  }
  return Promise.all(found.map(({ domain, place }) => importDomain(domain, place)));
}

async function importDomain(domain: Domain, place: string): Promise<Imported> {
  const file = join(place, 'db.json');
  const tasks = await readJson(join(place, 'tasks.json'), z.array(Task).min(1));
  const fixture = fixtureOf(domain, await readJson(file, JsonObject), file);
  const name = packName(domain);
  const imported: ImportedTask[] = [];
  for (const task of tasks) imported.push(await importTask(domain, task, fixture));
  return importedOf({ name, services: [domain.service], fixtures: { [name]: fixture } }, imported);
}
