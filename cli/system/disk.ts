import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatBytes, formatCount } from '../../domain/format.ts';
import { type Check, fail, ok, reasonOf, warn } from './check.ts';

export type DiskFacts = {
  /** The data directory, or the nearest one above it that is there. */
  directory: string;
  /** Why nothing can be written there; `null` where it can. */
  obstacle: string | null;
  freeBytes: number;
  /** Files that may still be made; `null` where the file system sets no number. */
  freeFiles: number | null;
};

/** ClickHouse keeps some tens of files for each part of a table. */
const fewFiles = 100_000;
const tooFewFiles = 10_000;

/**
 * Whether there is room for what may wait for ClickHouse, and as much again for what ClickHouse writes.
 *
 * @param budgetBytes that segments may take (REHEARSE_MAX_SEGMENT_BYTES)
 */
export function diskChecks(
  { directory, obstacle, freeBytes, freeFiles }: DiskFacts,
  budgetBytes: number,
): Check[] {
  const writable = 'a directory that can be written';
  const room = `${formatBytes(2 * budgetBytes)} free: twice what may wait for ClickHouse`;
  const files = `room for ${formatCount(fewFiles)} files`;
  const moreRoom = 'Free some space, keep less (`rehearse retention`), or lower REHEARSE_MAX_SEGMENT_BYTES.';
  const moreFiles = 'Remove small files, or move the data (--data) to a file system with more inodes.';
  const free = `${formatBytes(freeBytes)} free in ${directory}`;
  return [
    obstacle === null
      ? ok('data directory', directory, writable)
      : fail('data directory', obstacle, writable, 'Give --data a directory that this user may write.'),
    freeBytes >= 2 * budgetBytes
      ? ok('disk', free, room)
      : (freeBytes >= budgetBytes ? warn : fail)('disk', free, room, moreRoom),
    freeFiles === null || freeFiles >= fewFiles
      ? ok('inodes', freeFiles === null ? 'no limit' : `${formatCount(freeFiles)} free`, files)
      : (freeFiles >= tooFewFiles ? warn : fail)(
          'inodes',
          `${formatCount(freeFiles)} free`,
          files,
          moreFiles,
        ),
  ];
}

/** @param path may be missing: then the nearest directory above it is looked at, in which it would be made. */
export async function readDisk(path: string): Promise<DiskFacts> {
  const stats = await statfs(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && dirname(path) !== path) return null;
    throw error;
  });
  if (stats === null) return readDisk(dirname(path));
  const obstacle = await access(path, constants.W_OK | constants.X_OK).then(() => null, reasonOf);
  return {
    directory: path,
    obstacle,
    freeBytes: stats.bavail * stats.bsize,
    freeFiles: stats.files > 0 ? stats.ffree : null,
  };
}
