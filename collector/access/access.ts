import { DEFAULT_PROJECT, type ProjectId } from '../../domain/ids.ts';

/** What a request may do: send, look, or change who may do so and what is stored. */
export type Scope = 'ingest' | 'read' | 'admin';

/** Who asks. `anyone`: nobody has to say who they are. */
export type Principal = { kind: 'anyone' };

/** What a request may do, to the things of which project, and on whose behalf. */
export type Access = { project: ProjectId; principal: Principal; scopes: ReadonlySet<Scope> };

/** What a request may do where no key and no person was ever made, and only this machine can send one. */
export const OPEN_ACCESS: Access = {
  project: DEFAULT_PROJECT,
  principal: { kind: 'anyone' },
  scopes: new Set(['ingest', 'read', 'admin']),
};

/**
 * Who sends a request and what they may do.
 *
 * @throws AppError UNAUTHENTICATED
 */
export type Authenticate = (headers: Headers) => Promise<Access>;
