import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Fixture } from '../world/service.ts';

const digests = new WeakMap<Fixture, string>();

/** sha256 in hex of a fixture's canonical JSON, computed once a fixture: rows are values and never change. */
export function fixtureDigest(fixture: Fixture): string {
  const known = digests.get(fixture);
  if (known !== undefined) return known;
  const tables = Object.fromEntries(Object.entries(fixture).map(([table, rows]) => [table, [...rows]]));
  const digest = createHash('sha256').update(canonicalJson(tables)).digest('hex');
  digests.set(fixture, digest);
  return digest;
}
