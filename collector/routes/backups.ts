import type { Backups } from '../backup/make-backup.ts';
import { apiRoutes } from '../http/api-env.ts';

/** `POST /api/backups`: makes one in the collector's data directory, and says where. */
export function backupRoutes({ backups }: { backups: Backups }) {
  return apiRoutes().post('/', async (c) => c.json({ backup: await backups.make() }));
}
