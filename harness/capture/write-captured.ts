import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { openCassetteFile } from '../model/cassette/cassette-file.ts';
import { digestOf } from '../model/cassette/rules.ts';
import { fileOfPack } from '../pack-file.ts';
import type { Draft } from './draft-of-trace.ts';

/** Where the files of a draft are; `null` for a cassette that would be empty. */
export type CapturedFiles = { pack: string; note: string; cassette: string | null; rules: string | null };

/**
 * Writes a draft: `<name>.pack.json`, `<name>.md`, `<name>.cassette.jsonl` and its rules.
 *
 * @throws AppError USAGE where one of them is there: somebody may have worked on it
 */
export async function writeCaptured(
  { name, pack, note, cassette }: Draft,
  directory: string,
): Promise<CapturedFiles> {
  const hasModel = cassette.recordings.length > 0;
  const files: CapturedFiles = {
    pack: join(directory, `${name}.pack.json`),
    note: join(directory, `${name}.md`),
    cassette: hasModel ? join(directory, `${name}.cassette.jsonl`) : null,
    rules: hasModel ? join(directory, `${name}.cassette.rules.json`) : null,
  };
  const there = Object.values(files).find((file) => file !== null && existsSync(file));
  if (there) {
    throw new AppError(
      'USAGE',
      `${there} is there already: expected another --out, or that it is moved away`,
    );
  }
  await mkdir(directory, { recursive: true });
  await writeFile(files.pack, `${JSON.stringify(fileOfPack(pack), null, 2)}\n`);
  await writeFile(files.note, note);
  if (files.cassette === null || files.rules === null) return files;
  await writeFile(files.rules, `${JSON.stringify(cassette.rules, null, 2)}\n`);
  const file = await openCassetteFile(files.cassette, { rulesDigest: digestOf(cassette.rules) });
  for (const recording of cassette.recordings) await file.append(recording);
  await file.close();
  return files;
}
