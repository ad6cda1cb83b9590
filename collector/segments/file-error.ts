import { AppError } from '../../domain/errors.ts';

/** Whether the file system says that it has no room. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** A full disk in our words; whatever else the file system says is passed on. */
export function asFileError(error: unknown): unknown {
  if (!isDiskFull(error)) return error;
  return new AppError('DISK_FULL', 'expected room on the disk for what was received', { cause: error });
}
