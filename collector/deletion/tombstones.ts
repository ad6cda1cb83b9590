import { type Deleted, type DeletedSet, deletedSet } from './deleted.ts';
import type { Tombstone } from './tombstone.ts';

/** What was deleted in any project, in memory: asked at every arrival. */
export type Tombstones = {
  /** `null` where nothing was deleted: the usual case, which costs nothing. */
  of(project: string): Deleted | null;
  add(tombstones: readonly Tombstone[]): void;
  /** Traces that came of a deleted subject and are still to be noted as deleted, by project. */
  found(): { project: string; ids: string[] }[];
  noted(project: string, ids: readonly string[]): void;
  /** Spans, records, points, outcomes, runs and trials that came again and were left out since the start. */
  leftOut(): number;
};

export function openTombstones(): Tombstones {
  const projects = new Map<string, DeletedSet>();
  return {
    of: (project) => projects.get(project) ?? null,
    add(tombstones) {
      for (const tombstone of tombstones) {
        const deleted = projects.get(tombstone.project) ?? deletedSet();
        deleted.add(tombstone);
        projects.set(tombstone.project, deleted);
      }
    },
    found: () =>
      [...projects].flatMap(([project, { found }]) => (found.size > 0 ? [{ project, ids: [...found] }] : [])),
    noted(project, ids) {
      for (const id of ids) projects.get(project)?.found.delete(id);
    },
    leftOut: () => [...projects.values()].reduce((sum, deleted) => sum + deleted.leftOut(), 0),
  };
}
