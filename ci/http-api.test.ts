import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { ROUTE_RULES } from '../collector/access/route-rules.ts';
import { type AppDeps, createApp } from '../collector/app.ts';
import { ANSWERS } from '../collector/openapi/answers.ts';
import { openApiDocument } from '../collector/openapi/document.ts';
import { ownVersion } from '../collector/own-version.ts';
import { tableRows } from './markdown.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/reference/http-api.md'), 'utf8');

/** `GET /api/traces/:traceId` of each code span in the first column, without its query. */
const documented = tableRows(page)
  .flatMap(([requests = '']) => [...requests.matchAll(/`([A-Z]+) (\/api\/[^`?]*)/g)])
  .map(([, method, path]) => `${method} ${path}`);

/** Nothing is asked of what it is made of: only its routes are looked at. */
const { routes } = createApp({ maxBodyBytes: 1 } as AppDeps);
const described = openApiDocument(routes, ownVersion());
const served = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);

describe('docs/reference/http-api.md', () => {
  it('lists every request that is answered, and no other', () => {
    expect(served.length).toBeGreaterThan(8);
    const own = [...served, 'GET /api/openapi.json'];
    const tasks = (path: string) => path.replace(/\/maintenance\/(remap|reprice)$/, '/maintenance/:task');
    expect([...new Set(documented.map(tasks))].toSorted()).toEqual([...new Set(own)].toSorted());
  });
});

describe('docs/reference/openapi.json', () => {
  it('describes every route but the files of the dashboard', () => {
    const files = ['GET /assets/*', 'GET /*'];
    const routes = Object.keys(ROUTE_RULES).filter((route) => !files.includes(route));
    expect(Object.keys(ANSWERS).toSorted()).toEqual(routes.toSorted());
  });

  it('is a valid description', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(described));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(Object.keys(described.components.schemas).filter((name) => name.startsWith('__'))).toEqual([]);
  });

  it('says what a route takes, and who may send it', () => {
    expect(described.paths['/api/traces/{traceId}/spans/{spanId}']?.get).toMatchObject({
      parameters: [
        { name: 'traceId', in: 'path', required: true },
        { name: 'spanId', in: 'path', required: true },
      ],
      'x-scope': 'read',
    });
    expect(described.paths['/api/traces']?.get).toMatchObject({
      parameters: expect.arrayContaining([
        { name: 'status', in: 'query', required: false, schema: { type: 'string', enum: ['ok', 'error'] } },
      ]),
    });
    expect(described.paths['/api/runs/{runId}']?.put).toMatchObject({
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Run' } } } },
      'x-scope': 'runs',
    });
  });

  it('is what this version makes (else: npm run schema)', () => {
    const file = readFileSync(join(import.meta.dirname, '../docs/reference/openapi.json'), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(described)));
  });
});
