import type { Readable } from 'node:stream';
import type { Deletions } from '../deletion/deletions.ts';
import type { Transfer, TransferFormat, TransferRequest } from './transfer.ts';

/** The export and import of one project. */
export type ProjectTransfer = {
  read(request: TransferRequest): Promise<Readable>;
  write(table: string, format: TransferFormat, rows: Readable): Promise<void>;
};

type Deps = { transfer: Pick<Transfer, 'read' | 'write'>; deletions: Pick<Deletions, 'suspectReturn'> };

export function bindTransfer({ transfer, deletions }: Deps, project: string): ProjectTransfer {
  return {
    read: (request) => transfer.read(project, request),
    async write(table, format, rows) {
      await transfer.write(project, table, format, rows);
      // What was deleted here may be in it.
      deletions.suspectReturn();
    },
  };
}
