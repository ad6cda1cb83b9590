/** A class of data that has an age of its own: see `RetentionConfig`. */
export type DataClass = 'payloads' | 'spans' | 'logs' | 'metrics' | 'outcomes' | 'runs';

/**
 * What a table holds. `source`: what was received, which nothing else could be made from. `derived`: what follows from
 * a source, and is built again. `ledger`: what Rehearse notes about its own work. `setting`: what people have set.
 */
export type StoredTable = {
  role: 'source' | 'derived' | 'ledger' | 'setting';
  /** It ages as this class does; `null` for ever. */
  ages: DataClass | null;
  /** The column of the time by which a row ages; `null` where it does not. */
  time: string | null;
  /** It has a column `trace_id` of 16 bytes. */
  byTrace: boolean;
  /** It has a column `project`. */
  byProject: boolean;
};

/** Every table of the schema: a test fails for one that is not named here. Views are not tables. */
export const TABLES: Readonly<Record<string, StoredTable>> = {
  // First: a light row is never without its text.
  spans: source('spans', 'bucket', { byTrace: true }),
  span_payloads: source('payloads', 'bucket', { byTrace: true }),
  logs: source('logs', 'bucket', { byTrace: true }),
  metric_points: source('metrics', 'bucket'),
  outcomes: source('outcomes', 'occurred_at'),
  runs: source('runs', 'start'),
  trials: source('runs', 'start'),
  pins: source('spans', 'pinned_at', { byTrace: true }),
  span_hours: derived('hour'),
  span_hour_builds: derived('hour'),
  span_hour_marks: derived('hour'),
  trace_hours: derived('hour', { byTrace: true }),
  trace_words: derived('hour', { byTrace: true }),
  trace_word_builds: derived('hour'),
  log_hour_marks: derived('hour'),
  trace_loops: derived('start', { byTrace: true }),
  loop_hours: derived('hour'),
  // Last: whatever is done to a trace finds its other rows by these.
  trace_minutes: derived('bucket', { byTrace: true }),
  saved_views: { role: 'setting', ages: null, time: 'saved_at', byTrace: false, byProject: true },
  schema_migrations: ledger({ byProject: false }),
  access_records: setting(),
  audit: ledger({ byProject: true }),
  tombstones: ledger({ byProject: true }),
  retention_passes: ledger({ byProject: false }),
};

/** The tables that `choose` takes, in the order of `TABLES`. */
export function tablesThat(choose: (table: StoredTable) => boolean): string[] {
  return Object.entries(TABLES)
    .filter(([, table]) => choose(table))
    .map(([name]) => name);
}

function source(ages: DataClass, time: string, { byTrace = false } = {}): StoredTable {
  return { role: 'source', ages, time, byTrace, byProject: true };
}

/** Everything that is derived follows from spans, or ages with them. */
function derived(time: string, { byTrace = false } = {}): StoredTable {
  return { role: 'derived', ages: 'spans', time, byTrace, byProject: true };
}

function setting(): StoredTable {
  return { role: 'setting', ages: null, time: null, byTrace: false, byProject: false };
}

function ledger({ byProject }: { byProject: boolean }): StoredTable {
  return { role: 'ledger', ages: null, time: null, byTrace: false, byProject };
}
