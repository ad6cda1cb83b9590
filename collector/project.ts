import type { Readable } from 'node:stream';
import type { ProjectId } from '../domain/ids.ts';
import type { PriceBook } from '../domain/price-book.ts';
import { type Annotations, openAnnotations } from './annotations.ts';
import type { ControlDesk } from './control/control-desk.ts';
import type { Control } from './control/open-control.ts';
import { bindDeletions, type Deletions, type ProjectDeletions } from './deletion/deletions.ts';
import type { Tombstones } from './deletion/tombstones.ts';
import type { ProjectTail } from './live/live-queue.ts';
import type { LiveTail } from './live/live-tail.ts';
import { type Maintenance, openMaintenance } from './maintenance/maintenance.ts';
import type { Reads, Writes } from './reads.ts';
import { bindRetention, type ProjectRetention, type Retention } from './retention/retention.ts';
import type { SqlConsole, SqlRequest } from './sql/sql-console.ts';
import type { Store } from './store/store.ts';
import { storeReads } from './store-reads.ts';
import { storeWrites } from './store-writes.ts';
import { bindTransfer, type ProjectTransfer } from './transfer/project-transfer.ts';
import type { Transfer } from './transfer/transfer.ts';

/** Everything there is of one project. Who holds it can neither read nor write what belongs to another. */
export type Project = {
  id: ProjectId;
  reads: Reads;
  writes: Writes;
  annotations: Annotations;
  /** SQL of people and scripts. */
  sql: { run(request: Omit<SqlRequest, 'project'>): Promise<Readable> };
  maintenance: Maintenance;
  deletions: ProjectDeletions;
  retention: ProjectRetention;
  transfer: ProjectTransfer;
  live: ProjectTail;
  /** Its agents at work. */
  control: ControlDesk;
};

export type ProjectDeps = {
  store: Store;
  /** For those who can be told that a part is missing. */
  readers: Store;
  sql: Pick<SqlConsole, 'run'>;
  prices: PriceBook;
  live: Pick<LiveTail, 'listen'>;
  deletions: Deletions;
  retention: Retention;
  transfer: Transfer;
  tombstones: Pick<Tombstones, 'of'>;
  control: Pick<Control, 'deskOf'>;
};

export type ProjectOf = (id: ProjectId) => Project;

/** Gives each project once made again: its reads remember what they judged. */
export function openProjects(deps: ProjectDeps): ProjectOf {
  const { store, readers, sql, prices, live, control, deletions, retention, tombstones } = deps;
  const opened = new Map<ProjectId, Project>();
  const open = (id: ProjectId): Project => {
    const deleted = () => tombstones.of(id);
    return {
      id,
      reads: storeReads(readers, id),
      writes: storeWrites(store, id, deleted),
      annotations: openAnnotations({ store, project: id, now: Date.now }),
      sql: { run: (request) => sql.run({ ...request, project: id }) },
      maintenance: openMaintenance({ store, prices, deleted, project: id }),
      deletions: bindDeletions(deletions, id),
      retention: bindRetention(retention, id),
      transfer: bindTransfer(deps, id),
      live: { listen: (listener) => live.listen(id, listener) },
      control: control.deskOf(id),
    };
  };
  return (id) => {
    const project = opened.get(id) ?? open(id);
    opened.set(id, project);
    return project;
  };
}
