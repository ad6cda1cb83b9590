import { timingSafeEqual } from 'node:crypto';
import { parse } from 'hono/utils/cookie';
import { type PersonRecord, SCOPES_OF_ROLE, type Scope } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import { DEFAULT_PROJECT, ProjectId } from '../../domain/ids.ts';
import { type Access, type Authenticate, EVERY_SCOPE, OPEN_ACCESS } from './access.ts';
import { digestOf, keyIdOf } from './key-text.ts';
import type { Registry } from './registry.ts';
import { PROJECT_COOKIE, personOfSession, SESSION_COOKIE } from './session.ts';

export type AuthenticateDeps = {
  registry: Registry;
  /** Whether only this machine can send requests: then nobody is asked before a key or a person was made. */
  loopback: boolean;
  /** That of commands which can read the data directory. */
  localKey: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** What a person or a command chooses a project by; a key has one. */
const PROJECT_HEADER = 'x-rehearse-project';

/** Who sends a request: by key (`Authorization: Bearer`, Basic, `x-api-key`) or by the cookie of a session. */
export function createAuthenticate({ registry, loopback, localKey, now }: AuthenticateDeps): Authenticate {
  return async (headers) => {
    // Where nobody is asked, what they say all the same is passed over: an SDK may be set up for another place too.
    if (loopback && !registry.guarded()) {
      return isLocal(headers, localKey) ? accessOfLocal(headers) : openAccessTo(headers, registry);
    }
    const key = keyIn(headers);
    if (key !== null) {
      return same(key, localKey) ? accessOfLocal(headers) : accessOfKey(key, registry, now());
    }
    const cookies = headers.get('cookie') ?? '';
    if (cookies.includes(SESSION_COOKIE)) {
      const person = await personOfSession(cookies, registry, now());
      if (person) return accessOfPerson(person, headers, registry);
      throw new AppError('UNAUTHENTICATED', 'expected a session that has not ended: sign in again');
    }
    throw new AppError('UNAUTHENTICATED', 'expected a key or a signed-in person, got neither');
  };
}

/** Langfuse's clients send the id of a key as user and its text as password. */
function keyIn(headers: Headers): string | null {
  const authorization = headers.get('authorization') ?? '';
  const bearer = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = /^basic +(\S+)$/i.exec(authorization)?.[1];
  if (basic === undefined) return headers.get('x-api-key');
  const [user = '', password = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const id = keyIdOf(password);
  if (id === null || user === `rhk_${id}`) return password;
  throw new AppError('UNAUTHENTICATED', `expected rhk_${id} as the user of that key, got another`);
}

function accessOfKey(text: string, registry: Registry, now: number): Access {
  const refuse = (what: string) =>
    new AppError('UNAUTHENTICATED', `expected a key of this collector, ${what}`);
  if (keyIdOf(text) === null) throw refuse('got a text that is cut, mistyped or no key');
  const key = registry.keyByDigest(digestOf(text));
  if (key === null) throw refuse('got one that it does not know');
  if (key.revokedAt !== null) throw refuse(`but ${key.id} was revoked`);
  if (key.expiresAt !== null && key.expiresAt <= now) throw refuse(`but ${key.id} has expired`);
  registry.noteUse(key.id);
  return {
    project: key.project,
    principal: { kind: 'key', id: key.id, limits: key.limits },
    scopes: new Set<Scope>(key.scopes),
  };
}

function accessOfLocal(headers: Headers): Access {
  const project = chosenProject(headers) ?? DEFAULT_PROJECT;
  return { project, principal: { kind: 'local' }, scopes: EVERY_SCOPE };
}

/** A cookie that names none of the projects may be the choice of another Rehearse on this machine: cookies know no ports. */
function openAccessTo(headers: Headers, registry: Pick<Registry, 'projects'>): Access {
  const projects = everyProject(registry);
  const named = headers.get(PROJECT_HEADER);
  if (named !== null && !projects.some((project) => project === named)) {
    const expected = `expected a project that was made (${projects.join(', ')}), got ${named}`;
    throw new AppError('BAD_REQUEST', `${PROJECT_HEADER}: ${expected}`);
  }
  const chosen = chosenProject(headers);
  return chosen !== null && projects.includes(chosen) ? { ...OPEN_ACCESS, project: chosen } : OPEN_ACCESS;
}

function accessOfPerson(person: PersonRecord, headers: Headers, registry: Registry): Access {
  const { email, role } = person;
  const projects = projectsOf(person, registry);
  const chosen = chosenProject(headers);
  const [first] = projects;
  if (first === undefined)
    throw new AppError('SCOPE_MISSING', `expected a project of ${email}, who has none`);
  const owner: Scope[] = role === 'admin' && person.projects === null ? ['owner'] : [];
  return {
    // A choice is no demand: a project that was taken away shows as the first one that is left.
    project: chosen !== null && projects.includes(chosen) ? chosen : first,
    principal: { kind: 'person', email, role },
    scopes: new Set([...SCOPES_OF_ROLE[role], ...owner]),
  };
}

/** Those that a person can look at: those that are named, or all there are. */
export function projectsOf({ projects }: Pick<PersonRecord, 'projects'>, registry: Registry): ProjectId[] {
  const all = everyProject(registry);
  return projects === null ? all : projects.filter((project) => all.includes(project));
}

export function everyProject(registry: Pick<Registry, 'projects'>): ProjectId[] {
  return [...new Set([DEFAULT_PROJECT, ...registry.projects().map(({ id }) => id)])];
}

function chosenProject(headers: Headers): ProjectId | null {
  const named =
    headers.get(PROJECT_HEADER) ?? parse(headers.get('cookie') ?? '', PROJECT_COOKIE)[PROJECT_COOKIE];
  return ProjectId.safeParse(named).data ?? null;
}

function isLocal(headers: Headers, localKey: string): boolean {
  return headers.get('authorization') === `Bearer ${localKey}`;
}

function same(text: string, other: string): boolean {
  const [a, b] = [Buffer.from(digestOf(text)), Buffer.from(digestOf(other))];
  return timingSafeEqual(a, b);
}
