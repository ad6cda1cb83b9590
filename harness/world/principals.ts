import { createHash } from 'node:crypto';
import type { Grants } from '../../domain/grant.ts';

/** Whoever sends no bearer token. */
export const AGENT = 'agent';

/** Who may call a world, known by their bearer tokens. */
export type Principals = {
  /** `AGENT_TOKEN`, `RESEARCHER_TOKEN`, ...; empty without grants. */
  readonly environment: Record<string, string>;
  /** By the value of an `Authorization` header; `null` for a token that nobody has. Without grants all are the agent. */
  identify(authorization: string | null): string | null;
};

/** Tokens are made from the seed: the same in every run of a trial, of no use in another. */
export function createPrincipals(grants: Grants | null, seed: string): Principals {
  const names = grants ? [...new Set([AGENT, ...Object.keys(grants.principals)])] : [];
  const tokens = new Map(names.map((name) => [tokenOf(seed, name), name]));
  return {
    environment: Object.fromEntries(
      [...tokens].map(([token, name]) => [`${name.toUpperCase().replaceAll('-', '_')}_TOKEN`, token]),
    ),
    identify(authorization) {
      const token = /^bearer\s+(.*)$/i.exec(authorization?.trim() ?? '')?.[1];
      if (!grants || token === undefined) return AGENT;
      return tokens.get(token) ?? null;
    },
  };
}

function tokenOf(seed: string, principal: string): string {
  const digest = createHash('sha256').update(JSON.stringify([seed, 'token', principal]));
  return `${principal}-${digest.digest('hex').slice(0, 32)}`;
}
