import type { Json } from '../../../domain/json.ts';
import { WorldSpec } from '../../../domain/world-spec.ts';
import type { Fixture, Service } from '../service.ts';
import { createWorld } from '../world.ts';

/** A world of one service on Monday, 2 March 2026, 9:00 UTC, and a way to call it: what the tests here share. */
export function openService(service: Service, fixture: Fixture) {
  const world = createWorld({
    spec: WorldSpec.parse({
      now: '2026-03-02T09:00:00Z',
      services: [service.name],
      fixtures: ['fixture'],
    }),
    services: [service],
    fixtures: { fixture },
    seed: 'services',
  });
  const base = world.environment[`${service.name.toUpperCase()}_URL`];
  const call = async (method: string, path: string, body?: Json) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await world.handle(new Request(`${base}${path}`, init));
    return { status: response.status, body: await response.json() };
  };
  return { world, call };
}
