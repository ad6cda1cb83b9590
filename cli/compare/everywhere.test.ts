import { describe, expect, it } from 'vitest';
import { checkPack, companies, linkedin } from '../../harness/index.ts';
import { sdr } from '../../scenarios/sdr/pack.ts';
import { withAllServices } from './everywhere.ts';

const services = [...new Set([...sdr.services, companies, linkedin])];
const pack = { ...sdr, services };

describe('withAllServices', () => {
  const all = withAllServices(pack);

  it('gives each world all services, and worlds that can be made', () => {
    for (const { world } of all.scenarios)
      expect(new Set(world.services)).toEqual(new Set(services.map(({ name }) => name)));
    expect(() => checkPack(all)).not.toThrow();
  });

  it('knows the companies of the contacts where a scenario names no directory, and changes no directory of its own', () => {
    const first = all.scenarios.find(({ id }) => id === 'sdr/first-touch');
    expect(first?.world.rows['companies.companies']).toMatchObject([
      { name: 'Ferrostack', domain: 'ferrostack.example' },
    ]);
    for (const { id, world } of sdr.scenarios.filter((scenario) =>
      scenario.world.services.includes('companies'),
    ))
      expect(all.scenarios.find((scenario) => scenario.id === id)?.world.rows).toEqual(world.rows);
  });
});
