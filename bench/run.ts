import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Runs the benches that are named (`npm run bench -- ingest query --spans 1000000`), or the short form of all. Each is
 * a program that reports its figures: see report.ts.
 */
const names = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((file) => /^ *report\(/m.test(readFileSync(join(import.meta.dirname, file), 'utf8')))
  .map((file) => basename(file, '.ts'))
  .sort();
const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith('--'));
const named = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);
const unknown = named.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`bench: expected one of ${names.join(', ')}, got "${unknown}"`);
  process.exit(2);
}
for (const name of named.length > 0 ? named : names) {
  console.log(`\n${name}`);
  const form = named.length > 0 ? options : ['--short', ...options];
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, file, ...form], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
