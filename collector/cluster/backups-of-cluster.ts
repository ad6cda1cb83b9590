import { AppError } from '../../domain/errors.ts';
import type { Backups } from '../backup/make-backup.ts';

/** One moment for all shards is ClickHouse's own business, and so is where their backups go. */
export const backupsOfCluster: Backups = {
  async make() {
    throw new AppError(
      'BAD_REQUEST',
      'expected a store of one server: of a cluster each shard is backed up by its own BACKUP (docs/how-to/move-to-a-cluster.md#back-up)',
    );
  },
};
