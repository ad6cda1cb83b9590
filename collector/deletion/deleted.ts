import type { Micros } from '../../domain/units.ts';
import type { Tombstone } from './tombstone.ts';

/** What something that comes in says of itself. */
export type Arrival = {
  /** Hex; empty for none. */
  traceId: string;
  /** When it happened, by its own clock. */
  at: Micros;
  /** The lead, the session, the user: empty texts do not count. */
  subjects?: readonly string[];
};

/** What was deleted in a project: consulted by everything that stores. */
export type Deleted = {
  /**
   * Whether it belongs to what was deleted, and must not be stored again. It is acknowledged all the same: who sent it did
   * nothing wrong.
   */
  covers(arrival: Arrival): boolean;
  coversTrial(id: string, at: Micros): boolean;
};

export type DeletedSet = Deleted & {
  add(tombstone: Tombstone): void;
  /** Traces that came of a deleted subject, and are still to be noted as deleted for it. */
  found: Set<string>;
  /** How much was left out since the start. */
  leftOut(): number;
};

/** The tombstones of one project, in memory. */
export function deletedSet(): DeletedSet {
  const traces = new Set<string>();
  const trials = new Set<string>();
  const subjects = new Map<string, Micros>();
  let project = Number.NEGATIVE_INFINITY;
  const found = new Set<string>();
  let leftOut = 0;

  function isOfSubject({ at, subjects: own = [] }: Arrival): boolean {
    return (
      subjects.size > 0 && own.some((subject) => at <= (subjects.get(subject) ?? Number.NEGATIVE_INFINITY))
    );
  }

  function isDeleted(arrival: Arrival): boolean {
    if (arrival.at <= project || traces.has(arrival.traceId)) return true;
    if (!isOfSubject(arrival)) return false;
    if (arrival.traceId !== '') {
      // The whole trace goes with it: what comes of it later, and what came before.
      traces.add(arrival.traceId);
      found.add(arrival.traceId);
    }
    return true;
  }

  const counted = (deleted: boolean) => {
    if (deleted) leftOut++;
    return deleted;
  };

  return {
    covers: (arrival) => counted(isDeleted(arrival)),
    coversTrial: (id, at) => counted(at <= project || trials.has(id)),
    add({ kind, id, deletedAt }) {
      if (kind === 'trace') traces.add(id);
      else if (kind === 'trial') trials.add(id);
      else if (kind === 'subject') subjects.set(id, later(subjects.get(id), deletedAt));
      else project = Math.max(project, deletedAt);
    },
    found,
    leftOut: () => leftOut,
  };
}

function later(one: Micros | undefined, other: Micros): Micros {
  return one === undefined || other > one ? other : one;
}
