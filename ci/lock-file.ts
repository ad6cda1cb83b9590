import { z } from 'zod';

const Entry = z.looseObject({
  version: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

/** What is read of `package-lock.json`; the rest is kept as it is. */
export const LockFile = z.looseObject({ packages: z.record(z.string(), Entry) });
export type LockFile = z.infer<typeof LockFile>;

/**
 * Optional packages that the lock file names but has no entry for. `npm ci` refuses such a file, and `npm install`
 * writes one where the registry at hand lacks a package of another platform.
 *
 * @returns name and exact version of each
 */
export function missingOptionals({ packages }: LockFile): { name: string; version: string }[] {
  const known = new Set(
    Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
  );
  const named = Object.values(packages).flatMap((entry) => Object.entries(entry.optionalDependencies ?? {}));
  const missing = new Map(named.filter(([name]) => !known.has(name)));
  return [...missing].map(([name, version]) => ({ name, version }));
}

/**
 * The lock file with an entry for each of them: never installed on another platform than its own, and there fetched by
 * name and version.
 */
export function completeLock(lock: LockFile): LockFile {
  const packages = { ...lock.packages };
  for (const { name, version } of missingOptionals(lock)) {
    packages[`node_modules/${name}`] = { version, ...platformOf(name), optional: true };
  }
  // The order that npm writes.
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];
const LIBRARIES = { musl: 'musl', gnu: 'glibc', gnueabihf: 'glibc', musleabihf: 'musl' } as const;

/** Native packages say in their names what they are for: `@oxc-parser/binding-linux-arm64-musl`. */
function platformOf(name: string) {
  const words = name.split(/[/-]/);
  const system = SYSTEMS.find((word) => words.includes(word));
  const processor = PROCESSORS.find((word) => words.includes(word));
  if (!system || !processor)
    throw new Error(`expected a platform in the name of the optional package ${name}`);
  const library = Object.entries(LIBRARIES).find(([word]) => system === 'linux' && words.includes(word));
  return { os: [system], cpu: [processor], ...(library ? { libc: [library[1]] } : {}) };
}
