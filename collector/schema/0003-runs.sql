-- One run of one build of an agent. `record` is the Run as JSON; the columns are what lists need.
CREATE TABLE IF NOT EXISTS runs {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  run_id String,
  start DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  pack LowCardinality(String),
  agent LowCardinality(String),
  record String CODEC(ZSTD(3)),
  stored_at DateTime64(6, 'UTC') DEFAULT now64(6)
) ENGINE = {{replicated}}ReplacingMergeTree(stored_at)
ORDER BY (project, run_id);
