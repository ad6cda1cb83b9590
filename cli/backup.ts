import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MANIFEST_FILE } from '../collector/backup/backup-manifest.ts';
import type { MadeBackup } from '../collector/backup/make-backup.ts';
import { restoreBackup } from '../collector/backup/restore-backup.ts';
import { CONFIG_FILE } from '../collector/config.ts';
import { collectorEnvironment } from '../collector/environment.ts';
import { AppError } from '../domain/errors.ts';
import { formatBytes } from '../domain/format.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';

export type BackupOptions = StoreOptions & {
  directory: string;
  /** Kept with the backup; default: rehearse.config.json, where there is one. */
  config?: string;
  signal: AbortSignal;
};

/** Makes a backup and puts it where it is wanted. */
export async function backup({
  directory,
  config = CONFIG_FILE,
  signal,
  ...options
}: BackupOptions): Promise<number> {
  const target = resolve(directory);
  if (existsSync(target) && (await readdir(target)).length > 0) {
    throw new AppError('USAGE', `expected an empty directory for the backup, or a new one, got ${target}`);
  }
  return withStore(options, async (collector) => {
    const answer = await askCollector(collector, '/api/backups', { body: {}, signal });
    const { backup: made } = JSON.parse(await text(Readable.from(answer))) as { backup: MadeBackup };
    if (!existsSync(join(made.directory, MANIFEST_FILE))) {
      console.log(`backup of ${formatBytes(made.bytes)} on the machine of the collector: ${made.directory}`);
      return 0;
    }
    await move(made.directory, target);
    if (existsSync(config)) await copyFile(config, join(target, basename(config)));
    console.log(`backup of ${formatBytes(made.bytes)}: ${target}`);
    return 0;
  });
}

export type RestoreCommandOptions = { directory: string; data: string; into?: boolean };

/** Brings a backup back into a data directory on which no collector runs. */
export async function restore({ directory, data, into = false }: RestoreCommandOptions): Promise<number> {
  const { clickhouseUrl, cluster } = collectorEnvironment(process.env);
  if (cluster) throw new AppError('USAGE', 'expected no CLICKHOUSE_CLUSTER: a backup is of one server');
  const { madeAt, rehearse } = await restoreBackup({
    from: directory,
    dataDirectory: data,
    into,
    log: (line) => console.error(line),
    ...(clickhouseUrl === undefined ? {} : { clickhouseUrl }),
  });
  console.log(
    `restored the backup of ${madeAt}, made by Rehearse ${rehearse}: rehearse serve --data ${data}`,
  );
  return 0;
}

/** Also to another disk. */
async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { recursive: true, force: true });
  try {
    await rename(from, to);
  } catch {
    await cp(from, to, { recursive: true, errorOnExist: true, force: false });
    await rm(from, { recursive: true });
  }
}
