import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';

/** Runs every bench of this folder, or those named: `npm run bench -- ingest gate`. Each prints its own figures. */
const named = process.argv.slice(2);
const files = globSync('*.ts', { cwd: import.meta.dirname }).filter(
  (file) => file !== basename(import.meta.filename),
);
for (const file of files.sort()) {
  const name = basename(file, '.ts');
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [file], { cwd: import.meta.dirname, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
