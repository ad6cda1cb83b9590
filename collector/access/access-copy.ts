import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Row = z.object({ kind: z.string(), id: z.string(), record: z.string() });

/** Who may do what, as the store has it: a record each. */
export type AccessRow = z.output<typeof Row>;

/** A copy of it on the collector's own disk, to start by while the store has it out of reach. */
export type AccessCopy = {
  /** `null` where there is none, or none that can be read. */
  read(): AccessRow[] | null;
  /** Writes it where it differs from what was written last. */
  write(rows: readonly AccessRow[]): Promise<void>;
};

/** Where the store lies in the data directory itself. */
export const NO_COPY: AccessCopy = { read: () => null, write: async () => {} };

/** Only the owner of the directory, who may do everything: there are digests of keys in it, and the secret of sessions. */
const ownerOnly = 0o600;

/** @param dataDirectory of the collector, which holds its lock */
export function accessCopyIn(dataDirectory: string): AccessCopy {
  const path = join(dataDirectory, 'access.json');
  let written = '';
  return {
    read() {
      try {
        return z.array(Row).parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return null;
      }
    },
    async write(rows) {
      const text = JSON.stringify(rows);
      if (text === written) return;
      const draft = `${path}.draft`;
      await writeFile(draft, text, { mode: ownerOnly });
      await rename(draft, path);
      written = text;
    },
  };
}
