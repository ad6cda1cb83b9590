-- One trial of a scenario. `record` is the Trial as JSON, `summary` the TrialSummary that a run's page lists.
CREATE TABLE IF NOT EXISTS trials {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  run_id String,
  trial_id String,
  scenario_id String,
  trial_index UInt32,
  start DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  -- passed, failed or void
  outcome LowCardinality(String),
  virtual_duration Int64,
  cost Nullable(Int64),
  summary String CODEC(ZSTD(3)),
  record String CODEC(ZSTD(3)),
  stored_at DateTime64(6, 'UTC') DEFAULT now64(6),
  INDEX by_trial trial_id TYPE bloom_filter GRANULARITY 1
) ENGINE = {{replicated}}ReplacingMergeTree(stored_at)
ORDER BY (project, run_id, trial_id);
