import { AppError } from '../../domain/errors.ts';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';

/**
 * Locks the data directory, made where it is missing. What the file system says against it is said in our words.
 *
 * @throws AppError DATA_DIRECTORY_LOCKED, DATA_DIRECTORY_MISSING, DISK_FULL
 */
export function takeDirectory(directory: string): DirectoryLock {
  try {
    return lockDirectory(directory);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const full = /ENOSPC|EDQUOT/.test(reason);
    throw new AppError(
      full ? 'DISK_FULL' : 'DATA_DIRECTORY_MISSING',
      `expected a directory that can be written at ${directory}: ${reason}`,
      { cause: error },
    );
  }
}
