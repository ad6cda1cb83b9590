import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Deletion, DeletionKind } from '../domain/deletion.ts';
import { AppError } from '../domain/errors.ts';
import { formatCount } from '../domain/format.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';

export type DeleteOptions = StoreOptions & {
  kind: DeletionKind;
  id: string;
  /** Without it nothing is deleted, but what would be is shown. */
  yes?: boolean;
  signal: AbortSignal;
};

const paths: Record<DeletionKind, (id: string) => string> = {
  trace: (id) => `/api/traces/${encodeURIComponent(id)}`,
  subject: (id) => `/api/subjects/${encodeURIComponent(id)}`,
  project: () => '/api/data',
};

/** Shows what a deletion takes, and with `yes` deletes it for good. */
export async function deleteData({
  kind,
  id,
  yes = false,
  signal,
  ...options
}: DeleteOptions): Promise<number> {
  return withStore(options, async (collector) => {
    const ask = async (query: string): Promise<Deletion> => {
      const answer = await askCollector(collector, paths[kind](id) + query, {
        method: 'DELETE',
        ...(kind === 'project' && { project: id }),
        signal,
      });
      return (JSON.parse(await text(Readable.from(answer))) as { deletion: Deletion }).deletion;
    };
    const preview = await ask('?preview=true');
    if (preview.id !== id) {
      throw new AppError(
        'USAGE',
        `expected ${preview.id}, the project of the key in REHEARSE_KEY, got ${id}`,
      );
    }
    console.log(tableOf(preview));
    if (!yes) {
      console.log('nothing was deleted: add --yes');
      return 0;
    }
    await ask('');
    console.log(`deleted, and not taken again: ${kind} ${id}`);
    return 0;
  });
}

function tableOf({ kind, id, tables }: Deletion): string {
  const lines = tables.map(({ table, rows }) => `  ${table.padEnd(16)} ${formatCount(rows).padStart(12)}`);
  return [`${kind} ${id}`, ...(lines.length > 0 ? lines : ['  nothing is stored'])].join('\n');
}
