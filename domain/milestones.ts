import { firstHeld, type History, type Moment } from './condition-holds.ts';
import type { Milestone } from './expectations.ts';

/** What became of a milestone: when it was reached, or `null` and the milestones before it that were not. */
export type Progress = { milestone: Milestone; moment: Moment | null; lacking: string[] };

/**
 * How far a trial came, in the order of the scenario. A milestone is reached when its condition holds once all those that
 * it comes `after` are reached: what happened too early does not count, unless it happens again or is so still. One call
 * may reach a milestone and the one after it.
 */
export function progressOf(milestones: readonly Milestone[], history: History): Progress[] {
  const byId = new Map(milestones.map((milestone) => [milestone.id, milestone]));
  const known = new Map<string, Moment | null>();
  const momentOf = (id: string): Moment | null => {
    const milestone = byId.get(id);
    if (!milestone || known.has(id)) return known.get(id) ?? null;
    // A cycle, which `defineScenario` refuses, is never reached.
    known.set(id, null);
    const before = milestone.after.map(momentOf);
    const last = before.reduce((a, b) => (a && b && b.place > a.place ? b : a), before[0] ?? null);
    const moment = before.includes(null) ? null : firstHeld(milestone.when, history, last ?? undefined);
    known.set(id, moment);
    return moment;
  };
  return milestones.map((milestone) => ({
    milestone,
    moment: momentOf(milestone.id),
    lacking: milestone.after.filter((id) => momentOf(id) === null),
  }));
}

/** Milestones that come after one another in a circle, `['a', 'b', 'a']`, or `null`. */
export function milestoneCycle(milestones: readonly Pick<Milestone, 'id' | 'after'>[]): string[] | null {
  const after = new Map(milestones.map((milestone) => [milestone.id, milestone.after]));
  const done = new Set<string>();
  const seek = (id: string, path: readonly string[]): string[] | null => {
    const start = path.indexOf(id);
    if (start >= 0) return [...path.slice(start), id];
    if (done.has(id)) return null;
    for (const before of after.get(id) ?? []) {
      const cycle = seek(before, [...path, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return null;
  };
  for (const { id } of milestones) {
    const cycle = seek(id, []);
    if (cycle) return cycle;
  }
  return null;
}
