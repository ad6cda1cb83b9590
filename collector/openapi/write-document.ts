/** Writes the description of the HTTP API into the reference: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { type AppDeps, createApp } from '../app.ts';
import { ownVersion } from '../own-version.ts';
import { openApiDocument } from './document.ts';

const file = new URL('../../docs/reference/openapi.json', import.meta.url);
/** Nothing is asked of what it is made of: only its routes are looked at. */
const { routes } = createApp({ maxBodyBytes: 1 } as AppDeps);
writeFileSync(file, `${JSON.stringify(openApiDocument(routes, ownVersion()), null, 2)}\n`);
