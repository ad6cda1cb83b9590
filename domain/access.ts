import { z } from 'zod';
import { ProjectId } from './ids.ts';

/**
 * What a key may be given: to send what an agent does, to store what it is judged by, to look, to change what is stored and
 * who may do so in its project. Apart, since agents under test hold keys: none may rewrite its own verdict.
 */
export const KEY_SCOPES = ['ingest', 'runs', 'read', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** `owner`: an admin of all projects, who makes them and lets people in. No key has it. */
export type Scope = KeyScope | 'owner';

export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a person of a role may do in a project. */
export const SCOPES_OF_ROLE: Readonly<Record<Role, readonly KeyScope[]>> = {
  viewer: ['read'],
  editor: ['read', 'ingest', 'runs'],
  admin: ['read', 'ingest', 'runs', 'admin'],
};

/** Milliseconds since the epoch. */
const moment = z.int().min(0);

export const ProjectRecord = z.object({ id: ProjectId, createdAt: moment, removedAt: moment.nullable() });
export type ProjectRecord = z.infer<typeof ProjectRecord>;

/** What may go through in a second, on the average of some seconds; `null`: no limit. */
export const KeyLimits = z.object({
  requests: z.number().positive().nullable().default(null),
  bytes: z.number().positive().nullable().default(null),
});
export type KeyLimits = z.infer<typeof KeyLimits>;

/** A key as it is stored: its text is nowhere, only the digest by which it is known again. */
export const KeyRecord = z.object({
  /** The part of the text that may be shown. */
  id: z.string().regex(/^[0-9A-Za-z]{8}$/),
  project: ProjectId,
  name: z.string().max(100),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1),
  limits: KeyLimits,
  /** SHA-256 of the text, as hex. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: moment,
  createdBy: z.string(),
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
});
export type KeyRecord = z.infer<typeof KeyRecord>;

/** A key as it is listed. */
export const KeySummary = KeyRecord.omit({ digest: true }).extend({ lastUsedAt: moment.nullable() });
export type KeySummary = z.infer<typeof KeySummary>;

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^@\s]+@[^@\s]+$/, 'expected an address like ann@example.com');

export const PersonRecord = z.object({
  email: Email,
  role: z.enum(ROLES),
  /** `null`: all projects. */
  projects: z.array(ProjectId).nullable(),
  /** As `hashPassword` makes it; `null`: signs in by OpenID Connect alone. */
  password: z.string().nullable(),
  /** Drawn anew whenever sessions are to end: with another password, and on removal. */
  stamp: z.string(),
  createdAt: moment,
  removedAt: moment.nullable(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

/** A person as listed. */
export const PersonSummary = PersonRecord.omit({ password: true, stamp: true }).extend({
  hasPassword: z.boolean(),
});
export type PersonSummary = z.infer<typeof PersonSummary>;

/** Who is asking, as the dashboard shows it. */
export const Session = z.object({
  /** `null` where nobody has to sign in. */
  person: z.object({ email: Email, role: z.enum(ROLES) }).nullable(),
  project: ProjectId,
  /** Those that can be switched to. */
  projects: z.array(ProjectId),
  scopes: z.array(z.enum([...KEY_SCOPES, 'owner'])),
});
export type Session = z.infer<typeof Session>;

/** How people may sign in here. */
export const SignInWays = z.object({ password: z.boolean(), oidc: z.string().nullable() });
export type SignInWays = z.infer<typeof SignInWays>;

/** One thing that somebody did. */
export const AuditEntry = z.object({
  /** Milliseconds since the epoch. */
  at: moment,
  project: z.string(),
  /** `person:ann@example.com`, `key:Xk29aQp1`, `local` or `anyone`. */
  actor: z.string(),
  /** `POST /api/keys`, `sign-in`, ... */
  action: z.string(),
  /** What it was done to, or with. */
  subject: z.string(),
  /** HTTP status of the answer. */
  status: z.int(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
