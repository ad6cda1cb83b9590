import type { Row } from '../../domain/effect.ts';
import type { ExpectedEffect, ForbiddenEffect } from '../../domain/expected-effect.ts';
import { matches, mismatches, tableMatches } from '../../domain/match.ts';
import type { Matcher } from '../../domain/matcher.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Service } from '../world/service.ts';
import type { World } from '../world/world.ts';
import type { Complaint } from './complaint.ts';

/** An expected effect, and where it stands. */
type Placed = { effect: ExpectedEffect; path: readonly PropertyKey[] };

/** Expectations that no agent can meet in this world. `world` is fresh. */
export function impossibleExpectations(
  { expect }: Scenario,
  world: Pick<World, 'row'>,
  services: readonly Service[],
): Complaint[] {
  const common = expect.effects.map(
    (effect, index): Placed => ({ effect, path: ['expect', 'effects', index] }),
  );
  const ends = expect.anyOf.map(({ effects }, end) =>
    effects.map((effect, index): Placed => ({ effect, path: ['expect', 'anyOf', end, 'effects', index] })),
  );
  const sets = ends.length === 0 ? [common] : ends.map((own) => [...common, ...own]);
  const all = [...common, ...ends.flat()];
  return [
    ...all.flatMap((placed) => rowComplaints(placed, all, world)),
    ...all.flatMap((placed) => forbiddenComplaints(placed, expect.forbid)),
    ...sets.flatMap((set) => twiceComplaints(set.filter(({ effect }) => !isIrreversible(effect, services)))),
  ];
}

function rowComplaints(
  { effect, path }: Placed,
  all: readonly Placed[],
  world: Pick<World, 'row'>,
): Complaint[] {
  const { operation, table, key: matcher, columns } = effect;
  const at = [...path, 'key'];
  if (matcher && !mayBeKey(matcher)) {
    return [
      {
        path: at,
        message: `expected a matcher that a text can meet, for keys are texts, got ${JSON.stringify(matcher)}`,
        cure: 'Write the key as a text: "7" and not 7.',
      },
    ];
  }
  if (matcher?.is !== 'exact' || typeof matcher.value !== 'string' || table.endsWith('.*')) return [];
  const key = matcher.value;
  const row = world.row(table, key);
  if (operation === 'insert') {
    const cure = 'Expect an update of it, or name the key of a row that is not there.';
    return row
      ? [{ path: at, message: `expected a new row, but ${table} has "${key}" from the start`, cure }]
      : [];
  }
  const born = all.some((other) => other.effect.operation === 'insert' && other.effect.table === table);
  if (!row) {
    const message = `expected ${operation === 'update' ? 'an update' : 'a delete'} of a row that is there; ${table} has no "${key}"`;
    return born ? [] : [{ path: at, message, cure: 'Correct the key, or add the row to world.rows.' }];
  }
  return operation === 'update' && isSoAlready(row, columns)
    ? [
        {
          path: [...path, 'columns'],
          message: `expected a change, but ${table} "${key}" is so from the start`,
          cure: 'Correct the row in world.rows, or leave this effect out.',
        },
      ]
    : [];
}

function mayBeKey(matcher: Matcher): boolean {
  switch (matcher.is) {
    case 'exact':
      return typeof matcher.value === 'string';
    case 'oneOf':
      return matcher.values.some((value) => typeof value === 'string');
    case 'near':
    case 'set':
      return false;
    default:
      return true;
  }
}

/** No column would change, whatever value that is right is written. */
function isSoAlready(row: Row, columns: ExpectedEffect['columns']): boolean {
  return Object.values(columns).every(({ is }) => is === 'exact') && mismatches(columns, row).length === 0;
}

/** A rule that whatever meets the effect breaks. */
function forbiddenComplaints({ effect, path }: Placed, forbid: readonly ForbiddenEffect[]): Complaint[] {
  const at = forbid.findIndex(
    (rule) =>
      (rule.operation === 'any' || rule.operation === effect.operation) &&
      tableMatches(rule.table, effect.table) &&
      Object.entries(rule.columns).every(([name, matcher]) => isImplied(effect.columns[name], matcher)),
  );
  if (at < 0) return [];
  return [
    {
      path,
      message: `expected what expect.forbid[${at}] forbids (${forbid[at]?.reason})`,
      cure: 'Take it from one of the two, or bind the columns of the rule by which they differ.',
    },
  ];
}

function isImplied(due: Matcher | undefined, rule: Matcher): boolean {
  if (rule.is === 'any') return true;
  if (due?.is === 'exact') return matches(rule, due.value);
  return due?.is === 'oneOf' && due.values.every((value) => matches(rule, value));
}

function isIrreversible({ table }: ExpectedEffect, services: readonly Service[]): boolean {
  const [service, name = ''] = table.split('.');
  return services.find((one) => one.name === service)?.tables[name]?.irreversible ?? false;
}

/** Two effects on one row: of a row that can be changed back, only what became of it counts. */
function twiceComplaints(placed: readonly Placed[]): Complaint[] {
  const seen = new Map<string, Placed>();
  return placed.flatMap((one): Complaint[] => {
    const { table, key } = one.effect;
    if (key?.is !== 'exact' || table.endsWith('.*')) return [];
    const row = JSON.stringify([table, key.value]);
    const earlier = seen.get(row);
    if (!earlier) {
      seen.set(row, one);
      return [];
    }
    return [
      {
        path: [...one.path, 'key'],
        message: `expected each row once, got a second effect on ${table} ${JSON.stringify(key.value)}: what becomes of a row is one change`,
        cure: 'Join the two: name all columns in one effect, as they are in the end.',
      },
    ];
  });
}
