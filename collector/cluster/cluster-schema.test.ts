import { describe, expect, it } from 'vitest';
import { onCluster, statementsOf } from '../store/migrate.ts';
import { knownMigrations } from '../store/open-database.ts';
import { TABLES } from '../store/tables.ts';
import { clusterDatabaseStatements, clusterStatements } from './cluster-schema.ts';

const migrations = knownMigrations();
const shape = { replicatedOn: null };
const replicated = { replicatedOn: 'agents' };
const withoutComments = (statement: string) => statement.replace(/^\s*--.*\n/gm, '');
const rendered = (schema: typeof shape | typeof replicated) =>
  migrations.flatMap((migration) => statementsOf(migration, 'kept', schema)).map(withoutComments);

describe('the tables of all shards together', () => {
  const statements = clusterStatements({ ...shape, database: 'kept', cluster: 'agents' }, migrations);

  it('are one over each table of a shard, divided as the collector divides what it sends', () => {
    const tables = statements.filter((statement) => statement.includes(' TABLE '));
    expect(tables).toHaveLength(Object.keys(TABLES).length);
    expect(tables).toContain(
      "CREATE OR REPLACE TABLE kept_cluster.spans  AS kept.spans\nENGINE = Distributed('agents', 'kept', 'spans', CRC32(trace_id))",
    );
    expect(tables).toContain(
      "CREATE OR REPLACE TABLE kept_cluster.runs  AS kept.runs\nENGINE = Distributed('agents', 'kept', 'runs', 0)",
    );
  });

  it('have every view, each once, that reads of them and of no shard alone', () => {
    const views = statements.filter((statement) => statement.includes(' VIEW '));
    const names = views.map((view) => /VIEW (\S+)/.exec(view)?.[1]);
    const all = rendered(shape).flatMap((statement) => /REPLACE VIEW (\S+)/.exec(statement)?.[1] ?? []);
    expect(names.map((name) => name?.replace('kept_cluster_sql.', 'kept_sql.')).toSorted()).toEqual(
      [...new Set(all)].toSorted(),
    );
    expect(views.join('\n')).not.toMatch(/\bkept(_sql)?\./);
    expect(views.find((view) => view.includes('VIEW message_fates'))).toContain('argMinIf(event.subject');
  });
});

describe('a cluster with replicas', () => {
  it('has each of its tables made on all servers, by an engine that replicates', () => {
    expect(onCluster(shape)).toBe('');
    const made = rendered(replicated).filter((statement) => !statement.startsWith('INSERT '));
    expect(made.filter((statement) => !statement.includes("ON CLUSTER 'agents'"))).toEqual([]);
    const engines = made.flatMap((statement) => /ENGINE = (\w+)/.exec(statement)?.[1] ?? []);
    expect(new Set(engines)).toEqual(new Set(['ReplicatedReplacingMergeTree', 'ReplicatedMergeTree']));
    const over = { ...replicated, database: 'kept', cluster: 'agents' };
    for (const statement of [...clusterDatabaseStatements(over), ...clusterStatements(over, migrations)]) {
      expect(statement).toContain("ON CLUSTER 'agents'");
    }
  });
});
