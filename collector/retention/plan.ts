import type { PastAge, RetentionPlan } from '../../domain/retention.ts';
import { micros } from '../../domain/units.ts';
import { tablesThat } from '../store/tables.ts';
import { partitionsOf } from './partitions.ts';
import {
  cutoffOf,
  findAhead,
  findPast,
  findWithHeld,
  type PastRows,
  pastParams,
  sumRows,
} from './past-age.ts';
import type { RetentionDeps } from './retention.ts';

type PlanDeps = Pick<RetentionDeps, 'store' | 'config' | 'now'>;

/** What was received and is past its age, of a project. What is derived from it goes with it and is not counted. */
export async function planRetention(deps: PlanDeps, project: string): Promise<RetentionPlan> {
  const plans: RetentionPlan[] = [];
  for (const shard of deps.store.shards) plans.push(await planShard({ ...deps, store: shard }, project));
  return {
    past: [
      ...Map.groupBy(
        plans.flatMap(({ past }) => past),
        ({ table }) => table,
      ).values(),
    ].flatMap(together),
    held: plans.reduce((sum, { held }) => sum + held, 0),
    ahead: plans.reduce((sum, { ahead }) => sum + ahead, 0),
  };
}

/** What is past its age of one table, on several shards. */
function together(parts: readonly PastAge[]): PastAge[] {
  const [first] = parts;
  if (first === undefined) return [];
  return [
    {
      ...first,
      rows: parts.reduce((sum, { rows }) => sum + rows, 0),
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      from: micros(Math.min(...parts.map(({ from }) => from))),
      to: micros(Math.max(...parts.map(({ to }) => to))),
    },
  ];
}

async function planShard({ store, config, now }: PlanDeps, project: string): Promise<RetentionPlan> {
  const plan: RetentionPlan = { past: [], held: 0, ahead: 0 };
  const own = <Row extends { project: string }>(rows: Row[]) => rows.filter((row) => row.project === project);
  for (const table of tablesThat(({ role }) => role === 'source')) {
    const params = pastParams(config, table, now());
    if (params === null) continue;
    const past = own(await findPast(store, params));
    plan.held += sumRows(own(await findWithHeld(store, params))) - sumRows(past);
    plan.ahead += sumRows(own(await findAhead(store, params, now())));
    const partitions = await partitionsOf(store, table);
    const bytesARow = new Map(partitions.map(({ id, bytes, rowsStored }) => [id, bytes / rowsStored]));
    if (past.length > 0) {
      plan.past.push({
        table,
        before: micros(cutoffOf(params, project) * 1e6),
        ...extentOf(past, bytesARow),
      });
    }
  }
  return plan;
}

function extentOf(
  past: readonly PastRows[],
  bytesARow: ReadonlyMap<string, number>,
): Pick<PastAge, 'rows' | 'bytes' | 'from' | 'to'> {
  return {
    rows: sumRows(past),
    bytes: Math.round(
      past.reduce((sum, { partition, rows }) => sum + rows * (bytesARow.get(partition) ?? 0), 0),
    ),
    from: micros(Math.min(...past.map(({ from }) => from)) * 1e6),
    to: micros(Math.max(...past.map(({ to }) => to)) * 1e6),
  };
}
