import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of this Rehearse, as its package says it. */
export function ownVersion(): string {
  const manifest = findPackageJSON(import.meta.url);
  if (manifest === undefined) throw new Error(`there is no package.json above ${import.meta.filename}`);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
