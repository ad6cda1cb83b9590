import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { KeyRecord, PersonRecord, ProjectRecord } from '../../domain/access.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import { text, uint64 } from '../store/native-block.ts';
import type { Query } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import { isUnavailable } from '../store/store-error.ts';
import type { AccessCopy, AccessRow } from './access-copy.ts';

/** Secrets and times that belong to no one of the others: `session-secret`, and `use:<key id>`. */
const NoteRecord = z.object({ value: z.string() });

const SCHEMAS = { project: ProjectRecord, key: KeyRecord, person: PersonRecord, note: NoteRecord };
type Kind = keyof typeof SCHEMAS;
type RecordOf<K extends Kind> = z.output<(typeof SCHEMAS)[K]>;

type Row = { kind: string; id: string; record: string; version: bigint };

const columns = z.object({ kind: z.string(), id: z.string(), record: z.string() });
const accessRecords: Query<Record<string, never>, typeof columns, AccessRow> = {
  sql: 'SELECT kind, id, record FROM access_records FINAL ORDER BY kind, id',
  columns,
  toValue: (row) => row,
};

/** Who may do what: held in memory whole, so that spans are taken while ClickHouse is away. */
export type Registry = {
  projects(): ProjectRecord[];
  keys(): KeyRecord[];
  people(): PersonRecord[];
  /** By the SHA-256 of its text. */
  keyByDigest(digest: string): KeyRecord | null;
  person(email: string): PersonRecord | null;
  /** Signs sessions; the same for every collector of the store. */
  sessionSecret(): string;
  /** Milliseconds since the epoch, to the minute. */
  lastUse(keyId: string): number | null;
  noteUse(keyId: string): void;
  /** Whether a key or a person was ever made: from then on everybody has to say who they are. */
  guarded(): boolean;
  putProject(record: ProjectRecord): Promise<void>;
  putKey(record: KeyRecord): Promise<void>;
  putPerson(record: PersonRecord): Promise<void>;
  /** Reads anew what other collectors of the store have changed. */
  refresh(): Promise<void>;
};

export type RegistryDeps = {
  store: Pick<Store, 'rows' | 'insert'>;
  /** Is read where the store is away at the start. */
  copy: AccessCopy;
  /** Milliseconds since the epoch. */
  now: () => number;
  log: Log;
  /** Ends the reading. */
  signal: AbortSignal;
};

/** So long a key that another collector revoked is still taken. */
const refreshMillis = 2000;
const useMillis = 60_000;
const secretBytes = 32;

/**
 * Reads the records, and again whenever they are older than two seconds, until the signal.
 *
 * @throws AppError STORE_UNAVAILABLE where the store is away and there is no copy
 */
export async function openRegistry({ store, copy, now, log, signal }: RegistryDeps): Promise<Registry> {
  let records: { [K in Kind]: Map<string, RecordOf<K>> } = emptyRecords();
  let byDigest = new Map<string, KeyRecord>();
  let lastVersion = 0n;
  /** Records that were put. */
  let puts = 0;

  async function refresh(): Promise<void> {
    const before = puts;
    const rows = await store.rows(accessRecords, {});
    // What was put meanwhile may not be among them.
    if (puts !== before) return;
    take(rows);
    // What cannot be written now is after the next reading.
    await copy.write(rows).catch(() => {});
  }

  function take(rows: readonly AccessRow[]): void {
    const read = emptyRecords();
    for (const { kind, id, record } of rows) {
      if (!(kind in SCHEMAS)) continue;
      const parsed = SCHEMAS[kind as Kind].parse(JSON.parse(record));
      (read[kind as Kind] as Map<string, typeof parsed>).set(id, parsed);
    }
    records = read;
    byDigest = new Map([...read.key.values()].map((key) => [key.digest, key]));
  }

  async function put<K extends Kind>(kind: K, id: string, record: RecordOf<K>): Promise<void> {
    const clock = BigInt(now()) * 1000n;
    lastVersion = clock > lastVersion ? clock : lastVersion + 1n;
    const row: Row = { kind, id, record: JSON.stringify(record), version: lastVersion };
    await store.insert('access_records', COLUMNS, [row]);
    puts++;
    (records[kind] as Map<string, RecordOf<K>>).set(id, record);
    byDigest = new Map([...records.key.values()].map((key) => [key.digest, key]));
  }

  try {
    await refresh();
  } catch (error) {
    const rows = isUnavailable(error) ? copy.read() : null;
    if (rows === null) throw error;
    log('access.from-copy', `who may do what is as this collector has read it last: ${messageOf(error)}`);
    take(rows);
  }
  if (!records.note.has('session-secret')) {
    await put('note', 'session-secret', { value: randomBytes(secretBytes).toString('base64url') });
    // Another collector may have drawn one at the same moment: the one that is stored counts.
    await refresh();
  }
  void (async () => {
    while (!signal.aborted) {
      await sleep(refreshMillis, null, { signal }).catch(() => {});
      if (!signal.aborted) await refresh().catch(() => {});
    }
  })();

  return {
    projects: () => [...records.project.values()].filter(({ removedAt }) => removedAt === null),
    keys: () => [...records.key.values()],
    people: () => [...records.person.values()].filter(({ removedAt }) => removedAt === null),
    keyByDigest: (digest) => byDigest.get(digest) ?? null,
    person(email) {
      const person = records.person.get(email);
      return person && person.removedAt === null ? person : null;
    },
    sessionSecret: () => records.note.get('session-secret')?.value ?? '',
    lastUse: (keyId) => Number(records.note.get(`use:${keyId}`)?.value ?? 0) || null,
    noteUse(keyId) {
      const id = `use:${keyId}`;
      if (now() - Number(records.note.get(id)?.value ?? 0) < useMillis) return;
      const record = { value: String(now()) };
      records.note.set(id, record);
      put('note', id, record).catch((error: unknown) => {
        log('key.use-not-noted', `the use of a key was not noted: ${messageOf(error)}`, { key: keyId });
      });
    },
    guarded: () => records.key.size > 0 || records.person.size > 0,
    putProject: (record) => put('project', record.id, record),
    putKey: (record) => put('key', record.id, record),
    putPerson: (record) => put('person', record.email, record),
    refresh,
  };
}

function emptyRecords(): { [K in Kind]: Map<string, RecordOf<K>> } {
  return { project: new Map(), key: new Map(), person: new Map(), note: new Map() };
}

const COLUMNS = [
  text<Row>('kind', (row) => row.kind),
  text<Row>('id', (row) => row.id),
  text<Row>('record', (row) => row.record),
  uint64<Row>('version', (row) => row.version),
];
