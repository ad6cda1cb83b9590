import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { WorldSpec } from '../../domain/world-spec.ts';
import { notes } from './example-services.ts';
import { openApiDescription } from './openapi.ts';
import { SERVICES } from './services/built-in.ts';
import { crm } from './services/crm.ts';
import { mail } from './services/mail.ts';
import { createWorld } from './world.ts';

describe('the OpenAPI description of a service', () => {
  it.each([...SERVICES, notes])('is valid: $name', async (service) => {
    const description = openApiDescription(service);
    const { valid, errors } = await new Validator().validate(structuredClone(description));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    const paths = Object.values(description.paths as Record<string, Record<string, { operationId: string }>>);
    const operations = paths.flatMap((path) => Object.values(path));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      service.operations.map(({ id }) => id).sort(),
    );
  });

  it('says what an operation takes and answers', () => {
    const { paths } = openApiDescription(crm) as { paths: Record<string, Record<string, unknown>> };
    expect(paths['/contacts']?.get).toMatchObject({
      operationId: 'contacts.search',
      parameters: ['q', 'name', 'email', 'company'].map((name) => ({ name, in: 'query', required: false })),
      responses: { 200: {}, 400: {} },
    });
    expect(paths['/contacts/{id}/notes']?.post).toMatchObject({
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: { text: { type: 'string', minLength: 1 }, author: { type: 'string' } },
              required: ['text'],
              additionalProperties: false,
            },
          },
        },
      },
      responses: { 201: { description: 'Created' }, 400: {}, 404: {} },
    });
  });

  it('is served by each service, and asking for it is no call', async () => {
    const world = createWorld({
      spec: WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['crm', 'mail'] }),
      services: [crm, mail],
      fixtures: {},
      seed: 'openapi',
    });
    const before = world.now;
    for (const service of [crm, mail]) {
      const url = `http://${service.name}.rehearse.test/openapi.json`;
      const answer = await world.handle(new Request(url));
      expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(openApiDescription(service))));
      expect((await world.handle(new Request(url, { method: 'POST' }))).status).toBe(404);
    }
    expect(world.calls.map(({ operation }) => operation)).toEqual([
      'POST /openapi.json',
      'POST /openapi.json',
    ]);
    expect(world.now - before).toBe(2 * 80_000);
  });
});
