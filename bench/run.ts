import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Runs every bench of this folder, or those named: `npm run bench -- ingest gate`. Each prints its own figures. Options
 * go to all of them: `npm run bench -- crash --rounds 50`.
 */
const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith('--'));
const named = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);
const files = globSync('*.ts', { cwd: import.meta.dirname }).filter(
  (file) => file !== basename(import.meta.filename),
);
for (const file of files.sort()) {
  const name = basename(file, '.ts');
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [file, ...options], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
