-- A trace within an hour, summed up from its spans: what a list of traces filters and shows. Rebuilt whole with the hour,
-- as span_hours is, and told apart by the same builds. Of a trace that lies in one hour the row is its whole summary.
CREATE TABLE IF NOT EXISTS trace_hours {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
  build UInt64 CODEC(ZSTD(1)),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  -- Microseconds: the first start, the last start, the last end.
  began Int64 CODEC(T64('bit'), ZSTD(1)),
  last_began Int64 CODEC(T64('bit'), ZSTD(1)),
  ended Int64 CODEC(T64('bit'), ZSTD(1)),
  rooted Bool,
  -- There may be more of the trace than this hour holds: no root, an end behind the hour, or spans of other hours.
  open Bool,
  -- As in a summary: the root's, else the earliest.
  name String CODEC(ZSTD(1)),
  service LowCardinality(String),
  agent LowCardinality(String),
  -- Of conversations.
  models Array(LowCardinality(String)) CODEC(ZSTD(1)),
  -- Every value that some span has.
  kinds Array(LowCardinality(String)) CODEC(ZSTD(1)),
  services Array(LowCardinality(String)) CODEC(ZSTD(1)),
  environments Array(LowCardinality(String)) CODEC(ZSTD(1)),
  agents Array(LowCardinality(String)) CODEC(ZSTD(1)),
  agent_versions Array(LowCardinality(String)) CODEC(ZSTD(1)),
  models_of_spans Array(LowCardinality(String)) CODEC(ZSTD(1)),
  tools Array(LowCardinality(String)) CODEC(ZSTD(1)),
  sessions Array(String) CODEC(ZSTD(1)),
  users Array(String) CODEC(ZSTD(1)),
  run_ids Array(LowCardinality(String)) CODEC(ZSTD(1)),
  trial_id String CODEC(ZSTD(1)),
  scenario_id LowCardinality(String),
  spans UInt32 CODEC(T64, ZSTD(1)),
  model_calls UInt32 CODEC(T64, ZSTD(1)),
  tool_calls UInt32 CODEC(T64, ZSTD(1)),
  errors UInt32 CODEC(T64, ZSTD(1)),
  unpriced_calls UInt32 CODEC(T64, ZSTD(1)),
  tokens_input Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_cache_read Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_cache_write Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_output Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_reasoning Nullable(Int64) CODEC(T64, ZSTD(1)),
  cost Nullable(Int64) CODEC(GCD, T64, ZSTD(1))
) ENGINE = {{replicated}}MergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (project, hour, trace_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '', index_granularity = 1024;

-- How many traces the hour holds: a list reads so many rows at a time.
ALTER TABLE span_hour_builds {{on_cluster}} ADD COLUMN IF NOT EXISTS traces UInt64;

-- Hours that were built before there were traces in them are built again.
INSERT INTO span_hour_marks (project, hour, marked_at)
SELECT project, hour, now64(3) FROM span_hour_marks GROUP BY project, hour;
