import { AppError } from '../../domain/errors.ts';
import type { WorldSpec } from '../../domain/world-spec.ts';
import { onlyReads } from './serve-operation.ts';
import type { Operation, Service } from './service.ts';
import { tablePatterns, unknown } from './world-tables.ts';

/**
 * Finds slips of the author that no trial would show: faults that no call can meet, and grants and goals that name what
 * is not there. `pack` are all services of the pack: a grant may name one that this world leaves out.
 */
export function checkWorldSpec(
  spec: WorldSpec,
  services: readonly Service[],
  pack: readonly Service[],
): void {
  checkFaults(spec, services);
  const named = [
    ...Object.values(spec.grants?.principals ?? {}).flatMap(({ read, write }) => [
      ...read.map((table) => ({ what: 'table to read', table })),
      ...write.map((column) => ({ what: 'table to write', table: column.split('.', 2).join('.') })),
    ]),
    ...spec.injections.flatMap(({ goal }) =>
      goal.map(({ table }) => ({ what: 'table of the goal of an injection', table })),
    ),
  ];
  const tables = tablePatterns(pack);
  const slip = named.find(({ table }) => !tables.includes(table));
  if (slip) throw unknown(slip.what, slip.table, tables);
}

/** A slot is filled once, and has to be in a row that the agent could see. */
export function checkSlots({ injections }: WorldSpec, slots: readonly string[]): void {
  for (const [index, { slot }] of injections.entries()) {
    if (!slots.includes(slot)) throw unknown('slot of an injection', slot, slots);
    if (injections.findIndex((other) => other.slot === slot) < index) {
      throw new AppError(
        'SCENARIO_UNREADABLE',
        `world.injections[${index}]: expected one injection per slot, got a second for "${slot}"`,
      );
    }
  }
}

function checkFaults({ faults }: WorldSpec, services: readonly Service[]): void {
  const operations = new Map(
    services.flatMap(({ name, operations }) =>
      operations.map((operation): [string, Operation] => [`${name} ${operation.id}`, operation]),
    ),
  );
  for (const [index, { service, operation, fault }] of faults.entries()) {
    const wanted = `${service} ${operation}`;
    const found = operations.get(wanted);
    if (!found) throw unknown('service and operation of a fault', wanted, [...operations.keys()]);
    if (fault.kind === 'stale' && !onlyReads(found)) {
      throw new AppError(
        'SCENARIO_UNREADABLE',
        `world.faults[${index}]: expected an operation that only reads for stale, got ${wanted}`,
      );
    }
  }
}
