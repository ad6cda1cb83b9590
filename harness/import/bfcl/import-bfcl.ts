import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { CLASSES } from '../../world/bfcl/classes.ts';
import { type Imported, type ImportedTask, importedOf } from '../imported.ts';
import { readJsonLines } from '../read-json.ts';
import { Answer, Task } from './task.ts';
import { importTask } from './task-scenario.ts';

/** `BFCL_v4_multi_turn_base.json`, wherever the data of BFCL lies below the directory. */
const FILES = '{.,data,bfcl_eval/data}/BFCL_v*_multi_turn_*.json';

/**
 * Turns the multi-turn tasks of BFCL whose API classes are served here into packs, one a category.
 *
 * @param directory holds BFCL_v*_multi_turn_*.json and possible_answer/ with files of the same names
 * @throws AppError DATA_DIRECTORY_MISSING, DATA_UNREADABLE
 */
export async function importBfcl(directory: string): Promise<Imported[]> {
  const files = globSync(FILES, { cwd: directory })
    .map((file) => join(directory, file))
    .sort();
  if (files.length === 0) {
    throw new AppError(
      'DATA_DIRECTORY_MISSING',
      `expected BFCL_v4_multi_turn_base.json or others of its kind in ${directory}, or in data/ below it`,
    );
  }
  return Promise.all(files.map(importFile));
}

async function importFile(file: string): Promise<Imported> {
  const category = /_multi_turn_(\w+)\.json$/.exec(file)?.[1] ?? 'tasks';
  const name = `bfcl-${category.replaceAll('_', '-')}`;
  const tasks = await readJsonLines(file, Task);
  const answers = await readJsonLines(join(dirname(file), 'possible_answer', basename(file)), Answer);
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const imported: ImportedTask[] = [];
  for (const task of tasks) imported.push(await importTask(name, task, byId.get(task.id)));
  return importedOf({ name, services: CLASSES.map(({ service }) => service), fixtures: {} }, imported);
}
