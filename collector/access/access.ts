import { KEY_SCOPES, type KeyLimits, type Role, type Scope } from '../../domain/access.ts';
import { DEFAULT_PROJECT, type ProjectId } from '../../domain/ids.ts';

/**
 * Who asks. `anyone`: nobody has to say who they are. `local`: a command on this machine that can read the data
 * directory, and with it everything there is.
 */
export type Principal =
  | { kind: 'anyone' }
  | { kind: 'local' }
  | { kind: 'key'; id: string; limits: KeyLimits }
  | { kind: 'person'; email: string; role: Role };

/** What a request may do, to the things of which project, and on whose behalf. */
export type Access = { project: ProjectId; principal: Principal; scopes: ReadonlySet<Scope> };

export const EVERY_SCOPE: ReadonlySet<Scope> = new Set([...KEY_SCOPES, 'owner']);

/** What a request may do where no key and no person was ever made, and only this machine can send one. */
export const OPEN_ACCESS: Access = {
  project: DEFAULT_PROJECT,
  principal: { kind: 'anyone' },
  scopes: EVERY_SCOPE,
};

/**
 * Who sends a request and what they may do.
 *
 * @throws AppError UNAUTHENTICATED, SCOPE_MISSING
 */
export type Authenticate = (headers: Headers) => Promise<Access>;

/** As it is written down: `key:Xk29aQp1`. */
export function actorOf(principal: Principal): string {
  if (principal.kind === 'key') return `key:${principal.id}`;
  return principal.kind === 'person' ? `person:${principal.email}` : principal.kind;
}
