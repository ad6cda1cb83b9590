import { Hono } from 'hono';
import type { AccessEnv } from '../access/guard.ts';
import type { Project } from '../project.ts';

/** What a route of the JSON API finds in its context: the project that the request has access to, and no other way to data. */
export type ApiEnv = { Variables: AccessEnv['Variables'] & { project: Project } };

/** Routes of the JSON API. */
export function apiRoutes() {
  return new Hono<ApiEnv>();
}
