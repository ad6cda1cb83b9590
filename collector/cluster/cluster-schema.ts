import {
  type Migration,
  onCluster,
  type SchemaShape,
  sqlDatabaseOf,
  statementsOf,
} from '../store/migrate.ts';
import { TABLES } from '../store/tables.ts';
import { SHARDING_KEY } from './shard-of.ts';

export type ClusterSchema = SchemaShape & {
  /** Of each shard, which holds its part. */
  database: string;
  /** As ClickHouse's configuration names it, in `remote_servers`. */
  cluster: string;
};

/** The database whose tables are those of all shards together. */
export function clusterDatabaseOf(database: string): string {
  return `${database}_cluster`;
}

/** What makes the databases of all shards together. */
export function clusterDatabaseStatements(schema: ClusterSchema): string[] {
  const over = clusterDatabaseOf(schema.database);
  return [over, sqlDatabaseOf(over)].map(
    (name) => `CREATE DATABASE IF NOT EXISTS ${name} ${onCluster(schema)}`,
  );
}

/**
 * What makes the tables and views in them, on top of those of a shard: of the same names, so that a query
 * is the same for one server and for a cluster. What belongs to no trace is written to the first shard.
 */
export function clusterStatements(schema: ClusterSchema, migrations: readonly Migration[]): string[] {
  const { database, cluster } = schema;
  const over = clusterDatabaseOf(database);
  const where = onCluster(schema);
  const tables = Object.entries(TABLES).map(([table, { byTrace }]) => {
    const key = byTrace && table !== 'pins' ? SHARDING_KEY : '0';
    return `CREATE OR REPLACE TABLE ${over}.${table} ${where} AS ${database}.${table}
ENGINE = Distributed('${cluster}', '${database}', '${table}', ${key})`;
  });
  return [...tables, ...viewsOf(migrations.flatMap((migration) => statementsOf(migration, over, schema)))];
}

/** Of each view the last statement that makes it. */
function viewsOf(statements: readonly string[]): string[] {
  const views = new Map<string, string>();
  for (const statement of statements) {
    const name = /^CREATE OR REPLACE VIEW (\S+)/m.exec(statement)?.[1];
    if (name === undefined) continue;
    // Where the last one stands: it may build upon what was made before it.
    views.delete(name);
    views.set(name, statement);
  }
  return [...views.values()];
}
