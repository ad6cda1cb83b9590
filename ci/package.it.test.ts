import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildPackage } from './build-package.ts';
import { fencedBlocks } from './markdown.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

const Manifest = z.object({
  version: z.string(),
  bin: z.object({ rehearse: z.string() }),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  dependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});
const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const Packed = z.tuple([
  z.object({
    filename: z.string(),
    size: z.number(),
    unpackedSize: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
]);
let packed: z.infer<typeof Packed>[0];
/** A folder of a user who has installed the package. */
let folder: string;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-package-'));
  const source = join(directory, 'source');
  for (const name of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'docs']) {
    cpSync(join(root, name), join(source, name), { recursive: true });
  }
  await buildPackage(join(source, 'dist'));
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json'], { cwd: source });
  [packed] = Packed.parse(JSON.parse(stdout));

  folder = join(directory, 'user');
  const own = join(folder, 'node_modules/rehearse');
  mkdirSync(own, { recursive: true });
  await run('tar', ['-xzf', join(source, packed.filename), '--strip-components=1', '-C', own]);
  // What npm would install beside it, and nothing that only this repository has.
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (existsSync(join(root, 'node_modules', name))) symlinkSync(join(root, 'node_modules', name), link);
  }
}, 120_000);
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

function rehearse(...args: string[]) {
  const bin = join(folder, 'node_modules/rehearse', manifest.bin.rehearse);
  return new Promise<{ exit: number | string | null | undefined; out: string }>((done) => {
    execFile(process.execPath, [bin, ...args], { cwd: folder }, (error, stdout, stderr) =>
      done({ exit: error ? error.code : 0, out: stdout + stderr }),
    );
  });
}

describe('the package', () => {
  it('holds what its manifest names, and all data', () => {
    const paths = packed.files.map(({ path }) => path);
    const named = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    expect(paths).toEqual(
      expect.arrayContaining([manifest.bin.rehearse, ...named.map((path) => path.replace('./', ''))]),
    );
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'README.md']));
    expect(paths).toContain('dist/scenarios/sdr/baseline.json');
    expect(paths).toContain('dist/datasets/prices/prices.json');
  });

  it('holds no tests, no sources but examples, and no maps', () => {
    const strange = packed.files
      .map(({ path }) => path)
      .filter((path) => /\.(test|e2e|bench)\.|\/testing\/|\.map$|(?<!\.d)\.tsx?$/.test(path))
      .filter((path) => !path.startsWith('docs/how-to/'));
    expect(strange).toEqual([]);
  });

  it('holds nothing that no command and no import of a user reaches', () => {
    const tools = packed.files
      .map(({ path }) => path)
      .filter((path) =>
        /\/(example|sample)-|make-index|^dist\/ci\/(build|complete|write)-|cli\/command\.js/.test(path),
      );
    expect(tools).toEqual([]);
  });

  it('stays within its budget, to which the dashboard adds 0.3 MB packed and 0.9 MB unpacked', () => {
    expect(packed.size).toBeLessThan(1_800_000);
    expect(packed.unpackedSize).toBeLessThan(7_500_000);
  });

  it('lists its packs, and says its version', async () => {
    const [version, listed] = [await rehearse('--version'), await rehearse('list', '--json')];
    expect(version).toEqual({ exit: 0, out: `${manifest.version}\n` });
    const packs = new Set(JSON.parse(listed.out).map(({ pack }: { pack: string }) => pack));
    expect(packs).toContain('repo-bot');
  });

  it('rehearses an agent and a world of the user, in TypeScript', async () => {
    for (const file of ['my-world.ts', 'desk-agent.ts']) {
      cpSync(join(root, 'docs/how-to', file), join(folder, file));
    }
    const { exit, out } = await rehearse(
      ...['run', './my-world.ts', '--agent', './desk-agent.ts', '--no-spans', '--trials', '2'],
    );
    expect(out).toMatch(/desk\/refund +✓✓/);
    expect(out).toContain('CANNOT MEASURE');
    expect(exit).toBe(3);
  });

  it('shows that world and that agent in docs/how-to/write-a-world.md', () => {
    const shown = fencedBlocks(readFileSync(join(root, 'docs/how-to/write-a-world.md'), 'utf8'), 'ts');
    const files = ['my-world.ts', 'desk-agent.ts'];
    expect(shown.map((text) => text.trim())).toEqual(
      files.map((file) => readFileSync(join(root, 'docs/how-to', file), 'utf8').trim()),
    );
  });

  it('gives editors the types of what a pack imports', async () => {
    const compilerOptions = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true };
    const config = { compilerOptions: { ...compilerOptions, skipLibCheck: true, types: [] } };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(
      join(folder, 'wrong.ts'),
      `import { defineScenario } from 'rehearse';\nexport const title: number = defineScenario({ id: 7 }).title;`,
    );
    const { stdout } = await run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toMatch(/wrong\.ts\(2,14\): error TS2322/);
    expect(stdout).toMatch(
      /wrong\.ts\(2,\d+\): error TS2322: Type 'number' is not assignable to type 'string'/,
    );
    expect(stdout).not.toMatch(/my-world/);
  });
});
