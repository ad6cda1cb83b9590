import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { z } from 'zod';

const manifestSchema = z.object({
  version: z.string(),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** The version of this Rehearse, as its package says it. */
export function ownVersion(): string {
  return manifest().version;
}

/** The ClickHouse that this Rehearse comes with and is tested with: `26.7`. */
export function triedClickHouse(): string {
  const [library = ''] = Object.entries(manifest().optionalDependencies)
    .filter(([name]) => name.startsWith('@chdb/'))
    .map(([, version]) => version);
  return library.split('.').slice(0, 2).join('.');
}

function manifest(): z.output<typeof manifestSchema> {
  const file = findPackageJSON(import.meta.url);
  if (file === undefined) throw new Error(`there is no package.json above ${import.meta.filename}`);
  return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
