import type { Row } from '../../../domain/effect.ts';
import { AppError } from '../../../domain/errors.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { airlineService } from '../../world/airline/airline-service.ts';
import { isObject } from '../../world/airline/python-operations.ts';
import { retail } from '../../world/retail/retail.ts';
import type { Fixture, Service } from '../../world/service.ts';

/** A domain of tau2-bench whose tools are served here. */
export type Domain = {
  name: string;
  service: Service;
  /** The virtual clock's start: what the domain's policy gives as the present. */
  now: string;
  /** Calls that are no part of the state which a task asks for. */
  outsideTheState: readonly string[];
};

export const DOMAINS: readonly Domain[] = [
  {
    name: 'airline',
    service: airlineService,
    now: '2024-05-15T20:00:00Z',
    outsideTheState: ['transfer_to_human_agents'],
  },
  {
    name: 'retail',
    service: retail,
    now: '2024-05-15T20:00:00Z',
    outsideTheState: ['transfer_to_human_agents'],
  },
];

/**
 * The tables of a domain's `db.json`: an object a table, with the rows by their key.
 *
 * @throws AppError DATA_UNREADABLE for a table that is missing or no such object
 */
export function fixtureOf({ service }: Domain, db: JsonObject, place: string): Fixture {
  return Object.fromEntries(
    Object.entries(service.tables).map(([table, { key }]) => {
      const rows = db[table];
      if (rows === undefined || !isObject(rows) || !Object.values(rows).every(isObject)) {
        throw new AppError('DATA_UNREADABLE', `${place}: expected an object of records at ${table}`);
      }
      const keyed = Object.entries(rows as Record<string, Row>).map(([id, row]) => ({ [key]: id, ...row }));
      return [`${service.name}.${table}`, keyed];
    }),
  );
}
