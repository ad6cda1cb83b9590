import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AppDeps, createApp } from '../collector/app.ts';
import { tableRows } from './markdown.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/reference/http-api.md'), 'utf8');

/** `GET /api/traces/:traceId` of each code span in the first column, without its query. */
const documented = tableRows(page)
  .flatMap(([requests = '']) => [...requests.matchAll(/`([A-Z]+) (\/api\/[^`?]*)/g)])
  .map(([, method, path]) => `${method} ${path}`);

/** Nothing is asked of what it is made of: only its routes are looked at. */
const { routes } = createApp({ maxBodyBytes: 1 } as AppDeps);
const served = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);

describe('docs/reference/http-api.md', () => {
  it('lists every request that is answered, and no other', () => {
    expect(served.length).toBeGreaterThan(8);
    const tasks = (path: string) => path.replace(/\/maintenance\/(remap|reprice)$/, '/maintenance/:task');
    expect([...new Set(documented.map(tasks))].toSorted()).toEqual([...new Set(served)].toSorted());
  });
});
