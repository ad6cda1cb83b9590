import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Which files of an installed npm package make a source tree. */
export const PackageTree = z.object({
  package: z.string(),
  /** The version that has to be installed: with another one nothing is served. */
  version: z.string(),
  /** Globs below the package's folder, of what belongs to it and of what does not. */
  include: z.array(z.string()),
  exclude: z.array(z.string()),
});
export type PackageTree = z.infer<typeof PackageTree>;

/** A file with its name as git has it: the hash of its content. */
export type SourceFile = {
  path: string;
  text: string;
  /** For searches that do not tell upper case from lower. */
  lowerText: string;
  size: number;
  sha: string;
};

/** Files by path, in the order of their paths. */
export type SourceTree = ReadonlyMap<string, SourceFile>;

/**
 * The files of an installed package. They are read where they lie: nothing is copied into fixtures, so what pins the
 * content is the version, which the lock file ties to a checksum.
 *
 * @throws Error where the package is not installed, or in another version
 */
export function readSourceTree({ package: name, version, include, exclude }: PackageTree): SourceTree {
  const manifest = manifestOf(name);
  if (manifest === null) throw new Error(`expected ${name}@${version} to be installed: run npm ci`);
  const installed = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  if (installed.version !== version) {
    throw new Error(`expected ${name}@${version}, got ${installed.version}: run npm ci, or pin that version`);
  }
  const root = dirname(manifest);
  const files = globSync(include, { cwd: root, exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => readSource(path, path.slice(root.length + 1).replaceAll('\\', '/')))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return new Map(files.map((file) => [file.path, file]));
}

/** The `package.json` of an installed package, or `null`. */
function manifestOf(name: string): string | null {
  try {
    return findPackageJSON(name, import.meta.url) ?? null;
  } catch {
    return null;
  }
}

function readSource(file: string, path: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  return { path, text, lowerText: text.toLowerCase(), size: Buffer.byteLength(text), sha: blobSha(text) };
}

/** What `git hash-object` says. */
function blobSha(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}
