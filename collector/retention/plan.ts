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
export async function planRetention(
  { store, config, now }: PlanDeps,
  project: string,
): Promise<RetentionPlan> {
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
