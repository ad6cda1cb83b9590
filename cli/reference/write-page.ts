/** Writes docs/reference/cli.md: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { commandLine } from '../../cli.ts';
import { commandPage } from './command-page.ts';

const program = commandLine({ signal: AbortSignal.abort(), exitWith() {} });
writeFileSync(new URL('../../docs/reference/cli.md', import.meta.url), commandPage(program));
