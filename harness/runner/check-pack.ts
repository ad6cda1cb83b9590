import type { Condition } from '../../domain/condition.ts';
import { AppError } from '../../domain/errors.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Pack } from '../pack.ts';
import type { Service } from '../world/service.ts';
import { createWorld } from '../world/world.ts';
import { chooseServices, tablePatterns, unknown } from '../world/world-tables.ts';

/**
 * Makes each world once and looks up each table and each check that is named, so that a slip of an author
 * ends the run before it starts instead of failing the agent. Throws FIXTURE_UNKNOWN with the scenario's id.
 */
export function checkPack(pack: Pick<Pack, 'scenarios' | 'services' | 'fixtures' | 'checks'>): void {
  for (const scenario of pack.scenarios) {
    try {
      createWorld({ spec: scenario.world, services: pack.services, fixtures: pack.fixtures, seed: '' });
      checkTables(scenario, pack.services);
      checkChecks(scenario, pack.checks ?? {});
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, `${scenario.id}: ${error.message}`, { cause: error });
    }
  }
}

/** What is expected must be possible in this world; what is allowed or forbidden may be of any service of the pack. */
function checkTables({ world, expect }: Scenario, services: readonly Service[]): void {
  const inWorld = tablePatterns(chooseServices(world, services));
  const inPack = tablePatterns(services);
  const named = [
    ...[...expect.effects, ...expect.anyOf.flatMap(({ effects }) => effects)].map(({ table }) => ({
      what: 'table of an expected effect',
      table,
      known: inWorld,
    })),
    ...expect.milestones.flatMap(({ id, when }) =>
      tableOf(when).map((table) => ({ what: `table of the milestone "${id}"`, table, known: inWorld })),
    ),
    ...expect.allow.map((table) => ({ what: 'table to allow', table, known: inPack })),
    ...expect.forbid.map(({ table }) => ({ what: 'table to forbid', table, known: inPack })),
  ];
  const slip = named.find(({ table, known }) => !known.includes(table));
  if (slip) throw unknown(slip.what, slip.table, slip.known);
}

function tableOf(when: Condition): string[] {
  if (when.on === 'effect') return [when.effect.table];
  return when.on === 'row' ? [when.table] : [];
}

/** A check is code: the scenario names which, and of which version. */
function checkChecks({ expect }: Scenario, checks: NonNullable<Pack['checks']>): void {
  const known = Object.entries(checks).map(([name, { version }]) => `${name} ${version}`);
  for (const { name, version } of expect.checks) {
    const wanted = `${name} ${version}`;
    if (!known.includes(wanted)) throw unknown('check and version', wanted, known);
  }
}
