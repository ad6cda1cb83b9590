import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLocked } from './store/directory-lock.ts';

const fileIn = (dataDirectory: string) => join(dataDirectory, 'collector-url');

/** Leaves the address of the collector that holds a data directory there, for other commands. @returns takes it away. */
export function announceCollector(dataDirectory: string, url: string): () => void {
  const file = fileIn(dataDirectory);
  writeFileSync(file, `${url}\n`);
  return () => rmSync(file, { force: true });
}

/** Where the collector listens that holds this data directory now; `null` where none does. */
export function runningCollector(dataDirectory: string): string | null {
  if (!isLocked(dataDirectory)) return null;
  try {
    return readFileSync(fileIn(dataDirectory), 'utf8').trim() || null;
  } catch {
    return null;
  }
}
