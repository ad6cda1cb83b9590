import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Who may import whom. `npm:` alone means no file of ours; a path means that file only. */
const TABLE: Record<
  string,
  { folders: string[]; packages?: string[]; files?: string[]; typeOnly?: string[] }
> = {
  domain: { folders: [], packages: ['zod'] },
  collector: { folders: ['domain'] },
  harness: { folders: ['domain'] },
  agents: { folders: [] },
  scenarios: { folders: ['domain', 'agents'], files: ['harness/index.ts'] },
  dashboard: { folders: ['domain'], typeOnly: ['collector/app.ts'] },
  ci: { folders: ['domain', 'harness', 'scenarios'] },
};

type Import = { from: string; to: string; typeOnly: boolean };

/** The import specifiers of a file: static, dynamic and re-exports. */
function importsOf(file: string): Import[] {
  const text = readFileSync(resolve(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const pattern =
    /(?:^|[\n;])\s*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]|import\(\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const to = match[3] ?? match[4];
    return to ? [{ from: file, to, typeOnly: match[2] !== undefined }] : [];
  });
}

/** Why the import is not allowed, or `null`. */
function breach({ from, to, typeOnly }: Import): string | null {
  const folder = from.split('/')[0] ?? '';
  const rule = TABLE[folder];
  if (!rule) return null;
  // A browser test drives the whole product: it starts what it needs from any folder.
  if (/^dashboard\/e2e\//.test(from)) return null;
  const isTest = /\.(test|e2e|bench)\.tsx?$/.test(from);
  if (!to.startsWith('.')) {
    const bare = to.startsWith('node:') || isTest || !rule.packages || rule.packages.includes(to);
    return bare
      ? null
      : `${from} imports the package ${to}; ${folder}/ may import ${rule.packages?.join(', ')}`;
  }
  const target = relative(root, resolve(root, dirname(from), to));
  const targetFolder = target.split('/')[0] ?? '';
  if (targetFolder === folder || rule.folders.includes(targetFolder)) return null;
  if (rule.files?.includes(target)) return null;
  if (typeOnly && rule.typeOnly?.includes(target)) return null;
  if (isTest && folder === 'ci') return null;
  return `${from} imports ${target}; ${folder}/ may import ${[...rule.folders, ...(rule.files ?? [])].join(', ') || 'npm packages only'}`;
}

/** All that a page loads when it loads these files: an `import type` is gone by then. */
function loadedBy(files: readonly string[]): Import[] {
  const seen = new Set(files);
  const loaded: Import[] = [];
  for (const file of seen) {
    const imports = importsOf(file).filter(({ typeOnly }) => !typeOnly);
    loaded.push(...imports);
    for (const { to } of imports) {
      if (/^\..*\.tsx?$/.test(to)) seen.add(relative(root, resolve(root, dirname(file), to)));
    }
  }
  return loaded;
}

const sources = globSync('{domain,collector,harness,agents,scenarios,dashboard,ci}/**/*.{ts,tsx}', {
  cwd: root,
  exclude: ['**/node_modules/**', '**/dist/**'],
});

describe('the import table', () => {
  it('sees the sources and their imports', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(importsOf('domain/span.ts').map((found) => found.to)).toContain('./ids.ts');
  });

  it('names a breach', () => {
    expect(breach({ from: 'harness/a.ts', to: '../dashboard/b.ts', typeOnly: false })).toMatch(
      /may import domain/,
    );
    expect(breach({ from: 'dashboard/a.ts', to: '../collector/app.ts', typeOnly: false })).not.toBeNull();
    expect(breach({ from: 'dashboard/a.ts', to: '../collector/app.ts', typeOnly: true })).toBeNull();
    expect(breach({ from: 'domain/a.ts', to: 'hono', typeOnly: false })).toMatch(/the package hono/);
  });

  it('holds for every import', () => {
    expect(
      sources
        .flatMap(importsOf)
        .map(breach)
        .filter((found) => found !== null),
    ).toEqual([]);
  });

  it('resolves every relative import to a file', () => {
    const missing = sources
      .flatMap(importsOf)
      .filter(({ from, to }) => to.startsWith('.') && !existsSync(resolve(root, dirname(from), to)));
    expect(missing).toEqual([]);
  });

  it('keeps zod out of the browser: of what has schemas the dashboard loads types only', () => {
    const loaded = loadedBy(['dashboard/src/main.tsx']);
    expect(loaded.map(({ from }) => from)).toContain('domain/ledger.ts');
    expect(loaded.filter(({ to }) => to === 'zod').map(({ from }) => from)).toEqual([]);
  });

  it('allows one barrel only: harness/index.ts', () => {
    const barrels = sources.filter((file) => /(^|\/)index\.ts$/.test(file) && !file.startsWith('agents/'));
    expect(barrels.filter((file) => file !== 'harness/index.ts')).toEqual([]);
  });

  it('has no room for odds and ends', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/.test(file))).toEqual([]);
  });
});
