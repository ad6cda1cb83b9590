import type { Scenario } from '../../domain/scenario.ts';
import type { Pack } from '../../harness/index.ts';

/**
 * The pack with all its services in each world, so that an agent has the same tools whatever the scenario, and with the
 * pack's backdrop where a scenario says nothing of a service.
 */
export function withAllServices(pack: Pack): Pack {
  return { ...pack, scenarios: pack.scenarios.map((scenario) => inAll(scenario, pack)) };
}

function inAll(scenario: Scenario, { services, backdrop = [] }: Pack): Scenario {
  const { world } = scenario;
  const others = services.map(({ name }) => name).filter((name) => !world.services.includes(name));
  const below = backdrop.filter((name) => !world.fixtures.includes(name));
  return {
    ...scenario,
    world: { ...world, services: [...world.services, ...others], fixtures: [...below, ...world.fixtures] },
  };
}
