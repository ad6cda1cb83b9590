/** `node ci/build-package.ts <directory>`: the package without its dashboard, which vite builds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** What the code reads beside itself. */
const DATA = [
  'collector/**/*.sql',
  'datasets/*/*.json',
  'agents/*/indexes/*.json',
  'scenarios/*/baseline.json',
  'ci/reports/*.css',
];

/** What is started, or loaded by a name that is made up while it runs. */
const ENTRIES = [
  'cli/bin.js',
  'cli/trial-worker.js',
  'collector/store/clickhouse-process.js',
  'harness/index.js',
  'agents/*/{index,main}.js',
];

/**
 * Compiles the code, and the types of what packs may import, and copies the data beside it. What an earlier build left in
 * `out` goes, but for its dashboard. Types are not checked: `npm run check` does that.
 *
 * @param out relative to the top of the repository, or absolute
 */
export async function buildPackage(out: string): Promise<void> {
  const target = resolve(root, out);
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(target)) {
    if (name !== 'dashboard') rmSync(join(target, name), { recursive: true });
  }
  await Promise.all(
    ['tsconfig.build.json', 'tsconfig.types.json'].map((project) => compile(project, target)),
  );
  removeUnreached(target);
  for (const file of globSync(DATA, { cwd: root })) cpSync(join(root, file), join(target, file));
}

/** Tools of this repository and what only tests use: whatever no entry imports. */
function removeUnreached(target: string): void {
  const reached = new Set<string>();
  const waiting = globSync(ENTRIES, { cwd: target });
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file) || !existsSync(join(target, file))) continue;
    reached.add(file);
    const code = readFileSync(join(target, file), 'utf8');
    for (const [, path = ''] of code.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)) {
      waiting.push(join(dirname(file), path));
    }
  }
  for (const file of globSync('**/*.js', { cwd: target, exclude: ['dashboard/**'] })) {
    if (!reached.has(file)) rmSync(join(target, file));
  }
}

async function compile(project: string, target: string): Promise<void> {
  const args = ['-p', project, '--outDir', target];
  const compiler = spawn(join(root, 'node_modules/.bin/tsc'), args, { cwd: root, stdio: 'inherit' });
  const [exit] = await once(compiler, 'close');
  if (exit !== 0) throw new Error(`tsc ${args.join(' ')} ended with ${exit}`);
}

if (process.argv[1] === import.meta.filename) await buildPackage(process.argv[2] ?? 'dist');
