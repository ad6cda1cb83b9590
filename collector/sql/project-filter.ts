import { SettingsMap } from '@clickhouse/client';
import { z } from 'zod';
import type { ProjectId } from '../../domain/ids.ts';
import type { Query } from '../store/query.ts';
import type { Store } from '../store/store.ts';

/** A table of the store, and whether its rows say whose they are. */
type StoredTable = { name: string; owned: boolean };

const columns = z.object({ of_table: z.string(), owned: z.union([z.literal(0), z.literal(1)]) });
const storedTables: Query<Record<string, never>, typeof columns, StoredTable> = {
  sql: `SELECT concat(database, '.', table) AS of_table, toUInt8(countIf(name = 'project') > 0) AS owned
FROM system.columns WHERE database = currentDatabase() GROUP BY database, table ORDER BY of_table`,
  columns,
  toValue: ({ of_table, owned }) => ({ name: of_table, owned: owned === 1 }),
};

/** For a project the value of the setting `additional_table_filters`, which `readonly` lets nobody change. */
export type FiltersOf = (project: ProjectId) => Promise<SettingsMap>;

/**
 * What ClickHouse is told to add to every read of a table of the store, by whatever view, join or subquery it comes, and on
 * whatever shard: a row policy that needs no user. Of tables whose rows belong to no project, nothing is read.
 *
 * @param ready throws where the tables may not all be there yet: one that was not seen would be shown whole
 */
export function projectFilters(
  stores: readonly Pick<Store, 'rows'>[],
  ready: () => void = () => {},
): FiltersOf {
  let tables: StoredTable[] | null = null;
  const filterOf = ({ owned }: StoredTable, project: ProjectId) =>
    owned ? `project = \\'${project}\\'` : '0';
  return async (project) => {
    ready();
    tables ??= (await Promise.all(stores.map((store) => store.rows(storedTables, {})))).flat();
    return SettingsMap.from(
      Object.fromEntries(tables.map((table) => [table.name, filterOf(table, project)])),
    );
  };
}
