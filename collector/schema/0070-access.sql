-- Who may do what: projects, keys, people and the secret that signs sessions, each a record as JSON (domain/access.ts). Few
-- rows, read whole by every collector every second or two. Of several rows of one id the latest stays.
CREATE TABLE IF NOT EXISTS access_records {{on_cluster}} (
  kind LowCardinality(String),
  id String,
  record String CODEC(ZSTD(3)),
  version UInt64
) ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY (kind, id);

-- Who did what when. Rows are only added.
CREATE TABLE IF NOT EXISTS audit {{on_cluster}} (
  project LowCardinality(String),
  at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  actor String,
  action LowCardinality(String),
  subject String CODEC(ZSTD(3)),
  status UInt32
) ENGINE = {{replicated}}MergeTree
ORDER BY (project, at);
