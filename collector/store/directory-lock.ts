import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';

export type DirectoryLock = { release(): void };

/**
 * Holds `directory` for this process, so that two collectors never write the same data. The lock names its owner; one
 * whose owner is dead is taken over.
 *
 * @throws AppError DATA_DIRECTORY_LOCKED while another process, or another collector of this one, holds it.
 */
export function lockDirectory(directory: string): DirectoryLock {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'lock');
  const owner = describeOwner(process.pid);
  while (!createLock(path, owner)) {
    const holder = readOwner(path);
    if (holder !== null && isAlive(holder)) {
      throw new AppError(
        'DATA_DIRECTORY_LOCKED',
        `expected ${directory} to be free, but process ${pidOf(holder)} holds it`,
      );
    }
    removeStale(path);
  }
  return {
    release() {
      if (readOwner(path) === owner) rmSync(path, { force: true });
    },
  };
}

/** Whether a living process holds `directory`. */
export function isLocked(directory: string): boolean {
  const holder = readOwner(join(directory, 'lock'));
  return holder !== null && isAlive(holder);
}

/** Written whole under another name and then linked, so that no process ever reads half a lock. */
function createLock(path: string, owner: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, owner);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Renamed first: of two processes that find the same stale lock, one removes it. */
function removeStale(path: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  rmSync(aside, { force: true });
}

function readOwner(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isAlive(owner: string): boolean {
  const pid = pidOf(owner);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
  }
  return describeOwner(pid) === owner;
}

/**
 * Process ids are used again, after a restart of a container at once: Linux tells them apart by their start time. A dead
 * process stays listed (state Z) until its parent asks for it, which in a container may be never.
 */
function describeOwner(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? `${pid} dead` : `${pid} ${fields[19] ?? ''}`;
  } catch {
    return `${pid} `;
  }
}

function pidOf(owner: string): number {
  return Number(owner.split(' ')[0]);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
