import { jsonEqual } from '../../../domain/canonical-json.ts';
import type { Effect, Row } from '../../../domain/effect.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { Matcher } from '../../../domain/matcher.ts';
import { type ExpectedEffect, WorldSpec } from '../../../domain/scenario.ts';
import type { Fixture } from '../service.ts';
import { createWorld, type World } from '../world.ts';
import { airlineService } from './airline-service.ts';

/** The world of every task. The policy gives the time as 2024-05-15 15:00 EST. */
export const AIRLINE_WORLD = WorldSpec.parse({
  now: '2024-05-15T20:00:00Z',
  services: ['airline'],
  fixtures: ['tau-airline'],
});

/** Calls that are no part of the state which a task asks for. */
const OUTSIDE_THE_STATE: readonly string[] = ['transfer_to_human_agents', 'respond'];

export type Action = { name: string; kwargs: JsonObject };

/** A fresh world after these calls, with whatever they answered. */
export async function worldAfter(actions: readonly Action[], fixture: Fixture): Promise<World> {
  const world = createWorld({
    spec: AIRLINE_WORLD,
    services: [airlineService],
    fixtures: { 'tau-airline': fixture },
    seed: 'reference',
  });
  for (const { name, kwargs } of actions) {
    if (OUTSIDE_THE_STATE.includes(name)) continue;
    await world.handle(toolRequest(world.environment.AIRLINE_URL ?? '', name, kwargs));
  }
  return world;
}

export function toolRequest(
  base: string,
  tool: string,
  args: JsonObject,
  headers: Record<string, string> = {},
) {
  return new Request(`${base}/tools/${encodeURIComponent(tool)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(args),
  });
}

/**
 * What a journal comes to, as expectations: of each row that differs at the end from what it was at first, one effect with
 * the exact values of its changed columns (of a new row, of all). What was undone is expected of nobody.
 */
export function expectedEffects(journal: readonly Effect[]): ExpectedEffect[] {
  const rows = new Map<string, { first: Effect; last: Effect }>();
  for (const effect of journal) {
    const place = `${effect.table}\n${effect.key}`;
    rows.set(place, { first: rows.get(place)?.first ?? effect, last: effect });
  }
  return [...rows.values()].flatMap(({ first, last }) => expectedEffect(first, last.after));
}

function expectedEffect({ table, key, before }: Effect, after: Row | null): ExpectedEffect[] {
  const at = { table, key: exact(key) };
  if (!after) return before ? [{ operation: 'delete', ...at, columns: {} }] : [];
  const changed = Object.entries(after).filter(
    ([column, value]) => !before || before[column] === undefined || !jsonEqual(before[column], value),
  );
  if (changed.length === 0) return [];
  const columns = Object.fromEntries(changed.map(([column, value]) => [column, exact(value)]));
  return [{ operation: before ? 'update' : 'insert', ...at, columns }];
}

function exact(value: Row[string]): Matcher {
  return { is: 'exact', value };
}
