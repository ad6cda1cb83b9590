/** Writes the JSON Schema of `verdict.json` into the reference: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { verdictSchema } from './reports/verdict-file.ts';

const file = new URL('../docs/reference/verdict.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(verdictSchema(), null, 2)}\n`);
