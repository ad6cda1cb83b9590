/** Writes docs/reference/cli.md: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { program } from '../../cli.ts';
import { commandPage } from './command-page.ts';

writeFileSync(new URL('../../docs/reference/cli.md', import.meta.url), commandPage(program));
