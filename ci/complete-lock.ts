import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLock, LockFile } from './lock-file.ts';

/** `npm run lock`, after a dependency was added: see `missingOptionals`. */
const file = join(import.meta.dirname, '../package-lock.json');
const lock = LockFile.parse(JSON.parse(readFileSync(file, 'utf8')));
writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
