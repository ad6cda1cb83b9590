import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  Email,
  KEY_SCOPES,
  KeyLimits,
  type KeyRecord,
  type KeySummary,
  type PersonRecord,
  type PersonSummary,
  ROLES,
} from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import { DEFAULT_PROJECT, ProjectId } from '../../domain/ids.ts';
import { actorOf } from '../access/access.ts';
import type { Audit } from '../access/audit.ts';
import { everyProject } from '../access/authenticate.ts';
import { drawKey } from '../access/key-text.ts';
import { hashPassword, type ScryptParameters } from '../access/password.ts';
import type { Registry } from '../access/registry.ts';
import { apiRoutes } from '../http/api-env.ts';
import { validate } from '../http/validate.ts';

export type AccessDeps = {
  registry: Registry;
  audit: Audit;
  scrypt: ScryptParameters;
  /** Milliseconds since the epoch. */
  now: () => number;
};

const projectParam = validate('param', z.object({ project: ProjectId }));

/** Projects, for those who may make them. */
export function projectRoutes({ registry, now }: AccessDeps) {
  return apiRoutes()
    .get('/', (c) => c.json({ projects: registry.projects(), all: everyProject(registry) }))
    .put('/:project', projectParam, async (c) => {
      const { project } = c.req.valid('param');
      const known = registry.projects().find(({ id }) => id === project);
      if (!known) await registry.putProject({ id: project, createdAt: now(), removedAt: null });
      return c.json({ made: known === undefined });
    })
    .delete('/:project', projectParam, async (c) => {
      const { project } = c.req.valid('param');
      const known = registry.projects().find(({ id }) => id === project);
      if (project === DEFAULT_PROJECT || !known) {
        throw new AppError('NOT_FOUND', `expected a project that was made, got ${project}`);
      }
      const revoked = registry.keys().filter((key) => key.project === project && key.revokedAt === null);
      for (const key of revoked) await registry.putKey({ ...key, revokedAt: now() });
      await registry.putProject({ ...known, removedAt: now() });
      return c.json({ removed: project, keysRevoked: revoked.length });
    });
}

const newKey = z.object({
  name: z.string().max(100).default(''),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1),
  expiresAt: z.int().positive().nullable().default(null),
  limits: KeyLimits.default({ requests: null, bytes: null }),
});

/** The keys of the project. */
export function keyRoutes({ registry, now }: AccessDeps) {
  return apiRoutes()
    .get('/', (c) => {
      const own = registry.keys().filter(({ project }) => project === c.var.project.id);
      const keys = own.toSorted((a, b) => b.createdAt - a.createdAt).map((key) => summaryOf(key, registry));
      return c.json({ keys });
    })
    .post('/', validate('json', newKey), async (c) => {
      const { project, access } = c.var;
      if (!everyProject(registry).includes(project.id)) {
        throw new AppError('NOT_FOUND', `expected a project that was made, got ${project.id}`);
      }
      const { id, text, digest } = drawKey();
      const key: KeyRecord = {
        id,
        digest,
        project: project.id,
        ...c.req.valid('json'),
        createdAt: now(),
        createdBy: actorOf(access.principal),
        revokedAt: null,
      };
      await registry.putKey(key);
      c.set('subject', `${id} ${key.scopes.join(',')}`);
      return c.json({ text, key: summaryOf(key, registry) });
    })
    .delete('/:id', validate('param', z.object({ id: z.string() })), async (c) => {
      const id = c.req.valid('param').id.replace(/^rhk_/, '').slice(0, 8);
      const key = registry.keys().find((one) => one.id === id && one.project === c.var.project.id);
      if (!key) throw new AppError('NOT_FOUND', `expected a key of project ${c.var.project.id}, got ${id}`);
      if (key.revokedAt === null) await registry.putKey({ ...key, revokedAt: now() });
      return c.json({ revoked: id });
    });
}

function summaryOf({ digest, ...key }: KeyRecord, registry: Registry): KeySummary {
  return { ...key, lastUsedAt: registry.lastUse(key.id) };
}

const shortestPassword = 12;
const newPerson = z.object({
  role: z.enum(ROLES),
  projects: z.array(ProjectId).min(1).nullable().default(null),
  /** Left out: as it was; `null`: none. */
  password: z.string().min(shortestPassword).max(1024).nullable().optional(),
});
const emailParam = validate('param', z.object({ email: Email }));

/** People who may sign in. */
export function personRoutes({ registry, scrypt, now }: AccessDeps) {
  return apiRoutes()
    .get('/', (c) => c.json({ people: registry.people().map(personSummary) }))
    .put('/:email', emailParam, validate('json', newPerson), async (c) => {
      const { email } = c.req.valid('param');
      const { role, projects, password } = c.req.valid('json');
      const known = registry.person(email);
      const person: PersonRecord = {
        email,
        role,
        projects,
        password: password ? await hashPassword(password, scrypt) : (known?.password ?? null),
        stamp: known && password === undefined ? known.stamp : drawStamp(),
        createdAt: known?.createdAt ?? now(),
        removedAt: null,
      };
      await registry.putPerson(password === null ? { ...person, password: null } : person);
      c.set('subject', `${email} ${role} ${projects?.join(',') ?? 'all projects'}`);
      return c.json({ person: personSummary(person) });
    })
    .delete('/:email', emailParam, async (c) => {
      const { email } = c.req.valid('param');
      const known = registry.person(email);
      if (!known) throw new AppError('NOT_FOUND', `expected a person who may sign in, got ${email}`);
      await registry.putPerson({ ...known, password: null, stamp: drawStamp(), removedAt: now() });
      return c.json({ removed: email });
    });
}

function drawStamp(): string {
  return randomBytes(12).toString('base64url');
}

function personSummary({ password, stamp, ...person }: PersonRecord): PersonSummary {
  return { ...person, hasPassword: password !== null };
}

const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** Milliseconds since the epoch, as `before`. */
  from: z.coerce.number().int().min(0).nullable().default(null),
  before: z.coerce.number().int().positive().nullable().default(null),
});

/** Who did what in the project, newest first. */
export function auditRoutes({ audit }: AccessDeps) {
  return apiRoutes().get('/', validate('query', auditQuery), async (c) => {
    const page = c.req.valid('query');
    const entries = await audit.of(c.var.project.id, page);
    return c.json({ entries, next: entries.length < page.limit ? null : (entries.at(-1)?.at ?? null) });
  });
}
