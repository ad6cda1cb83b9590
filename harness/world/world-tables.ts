import type { Row } from '../../domain/effect.ts';
import { AppError } from '../../domain/errors.ts';
import type { WorldSpec } from '../../domain/world-spec.ts';
import { indexRows, keyOf, type RowIndex } from './fixture-index.ts';
import { layered, type Overlay, overlay, type Rows } from './overlay.ts';
import type { Fixture, Service, TableSpec } from './service.ts';
import { type FillSlot, filledRows, slottedRows } from './slots.ts';

/** A table of one world: the rows of its start, which it shares with other worlds, and those of now. */
export type WorldTable = {
  /** `service.table` */
  name: string;
  /** The column that holds the key. */
  key: string;
  irreversible: boolean;
  start: Rows;
  now: Overlay;
};
export type WorldTables = ReadonlyMap<string, WorldTable>;

/** The services a scenario names, in its order. Throws FIXTURE_UNKNOWN. */
export function chooseServices(spec: WorldSpec, services: readonly Service[]): Service[] {
  return spec.services.map((name) => {
    const found = services.find((service) => service.name === name);
    if (found) return found;
    throw unknown(
      'service',
      name,
      services.map((service) => service.name),
    );
  });
}

/**
 * All tables of a world by `service.table`, with what `fill` says in their slots, and the slots that can be seen: those
 * of rows that no later layer hides. Throws FIXTURE_UNKNOWN for a fixture or a table that is not there.
 */
export function openTables(
  spec: WorldSpec,
  services: readonly Service[],
  fixtures: Readonly<Record<string, Fixture>>,
  fill: FillSlot,
): { tables: WorldTables; slots: string[] } {
  const specs = tableSpecs(services);
  const layers = spec.fixtures.map((name) => {
    if (!Object.hasOwn(fixtures, name)) throw unknown('fixture', name, Object.keys(fixtures));
    return fixtures[name] ?? {};
  });
  for (const table of layers.flatMap(Object.keys)) {
    const ofThisWorld = services.some((service) => table.startsWith(`${service.name}.`));
    if (ofThisWorld && !specs.has(table)) throw unknown('table', table, [...specs.keys()]);
  }
  for (const [table, rows] of Object.entries(spec.rows)) {
    const known = specs.get(table);
    if (!known) throw unknown('table', table, [...specs.keys()]);
    for (const [index, row] of rows.entries()) checkKey(row, known.key, `world.rows["${table}"][${index}]`);
  }
  const tables = new Map<string, WorldTable>();
  const slots = new Set<string>();
  for (const [name, { key, irreversible = false }] of specs) {
    const indexes = [...layers, spec.rows].flatMap((layer) => {
      const rows = layer[name];
      return rows ? [indexRows(rows, key)] : [];
    });
    for (const slot of visibleSlots(indexes)) slots.add(slot);
    const start = layered(indexes.flatMap((index) => withSlotsFilled(index, fill)));
    tables.set(name, { name, key, irreversible, start, now: overlay(start) });
  }
  return { tables, slots: [...slots] };
}

function withSlotsFilled(index: RowIndex, fill: FillSlot): RowIndex[] {
  return slottedRows(index).size === 0 ? [index] : [index, filledRows(index, fill)];
}

function visibleSlots(layers: readonly RowIndex[]): string[] {
  return layers.flatMap((layer, number) => {
    const above = layers.slice(number + 1);
    const visible = [...slottedRows(layer)].filter(([key]) => !above.some((other) => other.has(key)));
    return visible.flatMap(([, slots]) => slots);
  });
}

/** A row of an author without a usable key is a slip. */
function checkKey(row: Row, keyColumn: string, place: string): void {
  try {
    keyOf(row, keyColumn);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('SCENARIO_UNREADABLE', `${place}: ${problem}`, { cause: error });
  }
}

/** An error that names what was asked for and what there is. */
export function unknown(what: string, name: string, known: readonly string[]): AppError {
  const choice = known.length > 0 ? `one of ${known.join(', ')}` : 'none, as there are none';
  return new AppError('FIXTURE_UNKNOWN', `expected a known ${what} (${choice}), got "${name}"`);
}

/** Every `service.table` that a scenario may name, and every `service.*`. */
export function tablePatterns(services: readonly Service[]): string[] {
  return services.flatMap(({ name, tables }) =>
    ['*', ...Object.keys(tables)].map((table) => `${name}.${table}`),
  );
}

function tableSpecs(services: readonly Service[]): Map<string, TableSpec> {
  return new Map(
    services.flatMap((service) =>
      Object.entries(service.tables).map(([name, table]): [string, TableSpec] => [
        `${service.name}.${name}`,
        table,
      ]),
    ),
  );
}
