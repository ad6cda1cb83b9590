import { z } from 'zod';
import { Row } from './effect.ts';
import { Fault } from './fault.ts';
import { Grants } from './grant.ts';
import { Injection } from './injection.ts';

/** The fake world that a trial starts in. */
export const WorldSpec = z.strictObject({
  /** The virtual clock's start, ISO 8601 UTC. */
  now: z.iso.datetime(),
  services: z.array(z.string()).min(1),
  /** Named tables of rows that the pack provides, laid over one another in this order. */
  fixtures: z.array(z.string()).default([]),
  /** Rows laid on top, by `service.table`. */
  rows: z.record(z.string(), z.array(Row)).default({}),
  faults: z.array(Fault).default([]),
  /** `null`: everybody may do everything. */
  grants: Grants.nullable().default(null),
  injections: z.array(Injection).default([]),
});
export type WorldSpec = z.infer<typeof WorldSpec>;
