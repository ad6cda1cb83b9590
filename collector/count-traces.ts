import { micros } from '../domain/units.ts';
import { type ListDeps, listTraces, paramsOf, statesOf, withinTime } from './list-traces.ts';
import { passingTraces } from './passing-traces.ts';
import { type BuiltHour, isBuilt } from './queries/hour-states.ts';
import { traceCount } from './queries/trace-count.ts';
import type { TraceFilter, TraceTotal } from './reads.ts';
import { partsOf, type TracePart } from './trace-parts.ts';

/** What is not built is counted one by one, as far as this. */
const mostListed = 1000;
const budgetMilliseconds = 1000;

/**
 * How many traces a list holds, whatever its page. Hours that are built are counted there, others by listing them; where
 * that would take longer than a second the count is a lower bound.
 */
export async function countTraces(deps: ListDeps, filter: TraceFilter): Promise<TraceTotal> {
  if (filter.search !== null) return countListed(deps, filter);
  const states = await statesOf(deps, filter);
  const builds = new Map(states.filter(isBuilt).map(({ hour, build }) => [hour, build]));
  const all = { micros: Number.POSITIVE_INFINITY, traces: Number.POSITIVE_INFINITY };
  let total: TraceTotal = { count: 0, exact: true };
  for (const part of partsOf(states, filter, all)) {
    const counted =
      part.kind === 'built'
        ? await countBuilt(deps, filter, part, builds)
        : await countListed(deps, { ...filter, from: micros(part.from), to: micros(part.to) });
    total = { count: total.count + counted.count, exact: total.exact && counted.exact };
  }
  return total;
}

async function countBuilt(
  deps: ListDeps,
  filter: TraceFilter,
  part: TracePart & { hours: readonly BuiltHour[] },
  builds: ReadonlyMap<number, number>,
): Promise<TraceTotal> {
  const { store, project } = deps;
  const params = paramsOf(filter);
  const { from, to } = part;
  const hours = part.hours.map(({ hour }) => hour);
  const question = { ...params, project, from, to, hours, builds: part.hours.map(({ build }) => build) };
  const rows = await withinTime(store.rows(traceCount, question, { seconds: budgetMilliseconds / 1000 }));
  const [found] = rows ?? [];
  if (!found) return { count: 0, exact: false };
  if (found.unsure > found.unsurePlaces.length) return { count: found.sure, exact: false };
  const candidates = found.unsurePlaces.map((place) => ({ ...place, from, to }));
  const passing = await passingTraces(deps, { filter: params, search: null }, candidates, builds);
  return { count: found.sure + passing.length, exact: true };
}

async function countListed(deps: ListDeps, filter: TraceFilter): Promise<TraceTotal> {
  const { items, next } = await listTraces(
    { ...deps, budgetMilliseconds },
    { ...filter, before: null, limit: mostListed },
  );
  return { count: items.length, exact: next === null };
}
