import { createInterface } from 'node:readline/promises';
import { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { AuditEntry, KeyScope, KeySummary, PersonSummary } from '../domain/access.ts';
import { AppError } from '../domain/errors.ts';
import { queryTable } from './query-table.ts';
import { askCollector, type StoreOptions, withStore } from './store-access.ts';

export type AccessOptions = StoreOptions & { project?: string; signal: AbortSignal };

type Ask = { method?: 'GET' | 'PUT' | 'POST' | 'DELETE'; body?: object };

/** Asks the collector of a store, in the name of whoever holds its directory or REHEARSE_KEY. */
function ask<T>(options: AccessOptions, path: string, request: Ask = {}): Promise<T> {
  const { project, signal } = options;
  return withStore(options, async (collector) => {
    const own = project === undefined ? {} : { project };
    const answer = await askCollector(collector, path, { ...request, ...own, signal });
    return JSON.parse(await text(Readable.from(answer))) as T;
  });
}

export async function changeProject(
  task: 'add' | 'remove',
  id: string,
  options: AccessOptions,
): Promise<number> {
  const path = `/api/projects/${encodeURIComponent(id)}`;
  if (task === 'add') {
    const { made } = await ask<{ made: boolean }>(options, path, { method: 'PUT' });
    console.log(
      made ? `project ${id} is made; rehearse key add --project ${id} gives it a key` : `${id} is there`,
    );
  } else {
    const { keysRevoked } = await ask<{ keysRevoked: number }>(options, path, { method: 'DELETE' });
    console.log(
      `project ${id} is closed and ${keysRevoked} of its keys revoked; what it stored is still there`,
    );
  }
  return 0;
}

export async function listProjects(options: AccessOptions): Promise<number> {
  const { all } = await ask<{ all: string[] }>(options, '/api/projects');
  for (const id of all) console.log(id);
  return 0;
}

export type NewKeyOptions = AccessOptions & {
  scope: string[];
  expires?: string;
  name?: string;
  requests?: number;
  bytes?: number;
};

const dayMillis = 86_400_000;

export async function addKey(options: NewKeyOptions): Promise<number> {
  const { scope, expires, name = '', requests = null, bytes = null } = options;
  const body = {
    name,
    scopes: scope as KeyScope[],
    expiresAt: expires === undefined ? null : Date.now() + daysOf(expires) * dayMillis,
    limits: { requests, bytes },
  };
  const made = await ask<{ text: string; key: KeySummary }>(options, '/api/keys', { body });
  const { id, project, scopes, expiresAt } = made.key;
  console.log(made.text);
  console.error(`
key ${id} of project ${project} for ${scopes.join(', ')}, ${expiresAt === null ? 'without an end' : `until ${day(expiresAt)}`}.
It is shown this once: only a digest of it is stored.

agents    OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20<key>"
commands  REHEARSE_KEY=<key>
Langfuse  LANGFUSE_PUBLIC_KEY=rhk_${id} LANGFUSE_SECRET_KEY=<key>`);
  return 0;
}

/** `90d`, or `90`. */
function daysOf(words: string): number {
  const days = Number(/^(\d{1,5})d?$/.exec(words)?.[1] ?? 0);
  if (days > 0) return days;
  throw new AppError('USAGE', `--expires: expected days such as 90d, got ${words}`);
}

export async function listKeys(options: AccessOptions): Promise<number> {
  const { keys } = await ask<{ keys: KeySummary[] }>(options, '/api/keys');
  const rows = keys.map((key) => [
    `rhk_${key.id}`,
    key.name,
    key.scopes.join(','),
    day(key.createdAt),
    moment(key.lastUsedAt),
    key.revokedAt === null ? day(key.expiresAt) : `revoked ${day(key.revokedAt)}`,
  ]);
  print(['key', 'name', 'scopes', 'made', 'last use', 'until'], rows);
  return 0;
}

export async function revokeKey(id: string, options: AccessOptions): Promise<number> {
  const path = `/api/keys/${encodeURIComponent(id)}`;
  const { revoked } = await ask<{ revoked: string }>(options, path, { method: 'DELETE' });
  console.log(`key ${revoked} is revoked`);
  return 0;
}

export type PersonOptions = Omit<AccessOptions, 'project'> & {
  role: string;
  project?: string[];
  password: boolean;
};

export async function addPerson(email: string, options: PersonOptions): Promise<number> {
  const { role, project: projects = null, password, ...rest } = options;
  const body = { role, projects, ...(password ? { password: await readPassword() } : { password: null }) };
  const path = `/api/people/${encodeURIComponent(email)}`;
  const { person } = await ask<{ person: PersonSummary }>(rest, path, { method: 'PUT', body });
  console.log(
    `${person.email} may sign in as ${person.role} of ${person.projects?.join(', ') ?? 'all projects'}`,
  );
  return 0;
}

/** From standard input: nothing of it is in the history of the shell. */
async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, '');
  process.stderr.write('password (at least 12 characters, not shown): ');
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nothing, terminal: true });
  const password = await lines.question('');
  lines.close();
  process.stderr.write('\n');
  return password;
}

export async function listPeople(options: AccessOptions): Promise<number> {
  const { people } = await ask<{ people: PersonSummary[] }>(options, '/api/people');
  const rows = people.map(({ email, role, projects, hasPassword, createdAt }) => [
    email,
    role,
    projects?.join(',') ?? 'all',
    hasPassword ? 'password' : 'OpenID Connect',
    day(createdAt),
  ]);
  print(['person', 'role', 'projects', 'signs in by', 'since'], rows);
  return 0;
}

export async function removePerson(email: string, options: AccessOptions): Promise<number> {
  await ask(options, `/api/people/${encodeURIComponent(email)}`, { method: 'DELETE' });
  console.log(`${email} may sign in no more; open sessions have ended`);
  return 0;
}

export async function audit({ limit, ...options }: AccessOptions & { limit: number }): Promise<number> {
  const { entries } = await ask<{ entries: AuditEntry[] }>(options, `/api/audit?limit=${limit}`);
  const rows = entries.map(({ at, actor, action, subject, status }) => [
    new Date(at).toISOString(),
    actor,
    action,
    subject,
    status,
  ]);
  print(['when', 'who', 'what', 'to', 'answer'], rows);
  return 0;
}

function print(names: string[], rows: (string | number | null)[][]): void {
  process.stdout.write(
    queryTable(
      names,
      names.map(() => 'String'),
      rows,
    ),
  );
}

function day(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
}

function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
