import type { Json } from '../../../domain/json.ts';
import { WorldSpec } from '../../../domain/world-spec.ts';
import { matchRoute } from '../routes.ts';
import type { Fixture, Reply, Service } from '../service.ts';
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
  const base = world.environment[`${service.name.toUpperCase().replaceAll('-', '_')}_URL`];
  const call = async (method: string, path: string, body?: Json) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await world.handle(new Request(`${base}${path}`, init));
    const answer = { status: response.status, body: await response.json() };
    checkReply(service, method, path, answer);
    return answer;
  };
  return { world, call };
}

/** What a service answers is what its description promises. */
function checkReply(service: Service, method: string, path: string, { status, body }: Reply): void {
  const route = matchRoute(service, method, path.split('?')[0] ?? '');
  if (route.kind !== 'operation' || !route.operation.description || status === 400) return;
  const shape = route.operation.description.replies[status];
  if (!shape)
    throw new Error(`${service.name} ${route.operation.id} does not declare that it answers ${status}`);
  shape.parse(body);
}
