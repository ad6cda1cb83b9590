import type { Effect } from '../../../domain/effect.ts';
import type { ExpectedEffect } from '../../../domain/expected-effect.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { type Change, changedColumns, netChanges } from '../../../domain/net-changes.ts';
import type { ReferenceStep } from '../../../domain/reference.ts';
import { WorldSpec } from '../../../domain/world-spec.ts';
import { exact } from '../../scenario/matchers.ts';
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

/** The calls as steps of a reference. */
export function stepsOf(actions: readonly Action[]): ReferenceStep[] {
  return actions
    .filter(({ name }) => !OUTSIDE_THE_STATE.includes(name))
    .map(({ name, kwargs }): ReferenceStep => {
      const call = { service: airlineService.name, operation: name, params: {}, query: {}, body: kwargs };
      return { call };
    });
}

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
 * What a journal comes to, as expectations: of each row that differs at the end from what it was at first, one effect
 * with the exact values of its changed columns (of a new row, of all). What was undone is expected of nobody.
 */
export function expectedEffects(journal: readonly Effect[]): ExpectedEffect[] {
  return netChanges(journal).map((change) => ({
    operation: change.operation,
    table: change.table,
    key: exact(change.key),
    columns: exactColumns(change),
  }));
}

function exactColumns(change: Change): ExpectedEffect['columns'] {
  const { after } = change;
  if (!after) return {};
  return Object.fromEntries(changedColumns(change).map((column) => [column, exact(after[column] ?? null)]));
}
