import { z } from 'zod';
import {
  AuditEntry,
  KeySummary,
  PersonSummary,
  ProjectRecord,
  Session,
  SignInWays,
} from '../../domain/access.ts';
import { ProjectId } from '../../domain/ids.ts';
import type { Answer } from './answers.ts';

const json = (summary: string, shape: z.ZodType): Answer => ({
  summary,
  content: { 'application/json': shape },
});
const browser = (summary: string): Answer => ({ summary, content: { 'text/html': null } });
const signedIn = z.object({ signedIn: z.boolean() });
const count = z.int().nonnegative();

/** Of the routes that say who may do what. */
export const ACCESS_ANSWERS: Readonly<Record<string, Answer>> = {
  'GET /api/session': json(
    'Who is asking, and how people sign in',
    z.object({ session: Session.nullable(), ways: SignInWays }),
  ),
  'POST /api/session': json('Signs a person in', signedIn),
  'DELETE /api/session': json('Signs out', signedIn),
  'GET /api/session/oidc': browser('Sends the browser to the provider of OpenID Connect'),
  'GET /api/session/oidc/callback': browser('Takes the browser back from it'),
  'GET /api/projects': json(
    'The projects that were made, and the ids of all',
    z.object({ projects: z.array(ProjectRecord), all: z.array(ProjectId) }),
  ),
  'PUT /api/projects/:project': json('Makes a project', z.object({ made: z.boolean() })),
  'DELETE /api/projects/:project': json(
    'Closes a project and revokes its keys',
    z.object({ removed: ProjectId, keysRevoked: count }),
  ),
  'GET /api/keys': json('The keys of the project', z.object({ keys: z.array(KeySummary) })),
  'POST /api/keys': json(
    'Makes a key and gives its text, once',
    z.object({ text: z.string(), key: KeySummary }),
  ),
  'DELETE /api/keys/:id': json('Revokes a key', z.object({ revoked: z.string() })),
  'GET /api/people': json('Who may sign in', z.object({ people: z.array(PersonSummary) })),
  'PUT /api/people/:email': json('Lets a person sign in', z.object({ person: PersonSummary })),
  'DELETE /api/people/:email': json('Lets a person sign in no more', z.object({ removed: z.string() })),
  'GET /api/audit': json(
    'Who did what in the project, newest first',
    z.object({ entries: z.array(AuditEntry), next: count.nullable() }),
  ),
};
