import { z } from 'zod';
import type { AuditEntry } from '../../domain/access.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { nanoTime, text, uint32, words } from '../store/native-block.ts';
import type { Query } from '../store/query.ts';
import type { Store } from '../store/store.ts';

/** Who did what when: entries are added and never changed. */
export type Audit = {
  /** Resolves when it is stored. */
  note(entry: AuditEntry): Promise<void>;
  /** Newest first: `limit` of them, and those of the same moment as the last, so that `before` it is the next page. */
  of(project: ProjectId, page: AuditPage): Promise<AuditEntry[]>;
};

/** Times in epoch milliseconds; `null`: without that end. */
export type AuditPage = { limit: number; from: number | null; before: number | null };

const columns = z.object({
  at_millis: z.int(),
  of_project: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  status: z.int(),
});
type Params = { project: string; from: number; before: number; limit: number };
const auditPage: Query<Params, typeof columns, AuditEntry> = {
  sql: `SELECT toUnixTimestamp64Milli(at) AS at_millis, project AS of_project, actor, action, subject, status FROM audit
WHERE project = {project:String} AND at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
AND at < fromUnixTimestamp64Milli({before:Int64}, 'UTC') ORDER BY at DESC LIMIT {limit:UInt32} WITH TIES`,
  columns,
  toValue: ({ at_millis, of_project, ...rest }) => ({ ...rest, at: at_millis, project: of_project }),
};

const farAway = 8_640_000_000_000;
const longestSubject = 10_000;

export function openAudit(store: Pick<Store, 'rows' | 'insert'>): Audit {
  return {
    note: (entry) => store.insert('audit', COLUMNS, [entry]),
    of: (project, { limit, from, before }) =>
      store.rows(auditPage, { project, limit, from: from ?? 0, before: before ?? farAway }),
  };
}

const COLUMNS = [
  words<AuditEntry>('project', ({ project }) => project),
  nanoTime<AuditEntry>('at', ({ at }) => BigInt(at) * 1_000_000n),
  text<AuditEntry>('actor', ({ actor }) => actor),
  words<AuditEntry>('action', ({ action }) => action),
  text<AuditEntry>('subject', ({ subject }) => subject.slice(0, longestSubject)),
  uint32<AuditEntry>('status', ({ status }) => status),
];
