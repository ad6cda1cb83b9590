import type { Scenario } from '../../domain/scenario.ts';
import type { Pack } from '../../harness/index.ts';
import { directoryOf } from './directory.ts';

/**
 * The pack with all its services in each world, so that an agent has the same tools whatever the scenario. A company
 * directory that a scenario does not name knows the companies of its contacts; other services are empty.
 */
export function withAllServices(pack: Pack): Pack {
  return { ...pack, scenarios: pack.scenarios.map((scenario) => inAll(scenario, pack)) };
}

function inAll(scenario: Scenario, { services }: Pack): Scenario {
  const { world } = scenario;
  const others = services.map(({ name }) => name).filter((name) => !world.services.includes(name));
  const directory = others.includes('companies') ? directoryOf(scenario) : {};
  return {
    ...scenario,
    world: {
      ...world,
      services: [...world.services, ...others],
      rows: { ...directory, ...world.rows },
    },
  };
}
