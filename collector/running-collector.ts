import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLocked } from './store/directory-lock.ts';

/** Where a collector is asked, and the key that it is asked with; `null`: none. */
export type CollectorAddress = { url: string; key: string | null };

const fileIn = (dataDirectory: string) => join(dataDirectory, 'collector-url');
/** Only the owner of the directory: whoever reads this file may do everything. */
const ownerOnly = 0o600;

/** Leaves the address of the collector that holds a data directory there, for other commands. @returns takes it away. */
export function announceCollector(dataDirectory: string, { url, key }: CollectorAddress): () => void {
  const file = fileIn(dataDirectory);
  rmSync(file, { force: true });
  writeFileSync(file, `${url}\n${key ?? ''}\n`, { mode: ownerOnly });
  return () => rmSync(file, { force: true });
}

/** Where the collector listens that holds this data directory now; `null` where none does. */
export function runningCollector(dataDirectory: string): CollectorAddress | null {
  if (!isLocked(dataDirectory)) return null;
  try {
    const [url = '', key = ''] = readFileSync(fileIn(dataDirectory), 'utf8').split('\n');
    return url ? { url, key: key || null } : null;
  } catch {
    return null;
  }
}
