-- What the loop detector found in a trace: one row for each that may have looped and whose hours have been rebuilt. Whether
-- a row still holds is told by `state`, a digest over the rows of the trace that were judged, and by the version of the
-- detector: a reader that finds another state judges the trace itself. Nothing is counted up.
CREATE TABLE IF NOT EXISTS trace_loops {{on_cluster}} (
  project LowCardinality(String),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  state UInt64 CODEC(ZSTD(1)),
  detector UInt32,
  judged_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  -- All spans of the trace were judged.
  whole Bool,
  -- none, unknown, or what it looped by: stretch, cycle, ping-pong, limit.
  verdict LowCardinality(String),
  -- Of the longest loop: the tools or agents, and what it wasted. NULL without one; of the cost also where unpriced.
  what String CODEC(ZSTD(1)),
  steps Nullable(Int64) CODEC(ZSTD(1)),
  wasted_micros Nullable(Int64) CODEC(ZSTD(1)),
  wasted_tokens Nullable(Int64) CODEC(ZSTD(1)),
  wasted_cost Nullable(Int64) CODEC(ZSTD(1)),
  -- `LoopReport` as JSON.
  report String CODEC(ZSTD(1))
) ENGINE = {{replicated}}ReplacingMergeTree(judged_at)
ORDER BY (project, trace_id)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

-- The rebuilt hours whose traces have been judged, by build and version of the detector.
CREATE TABLE IF NOT EXISTS loop_hours {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC'),
  detector UInt32,
  build UInt64
) ENGINE = {{replicated}}ReplacingMergeTree(build)
ORDER BY (project, hour, detector)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

CREATE OR REPLACE VIEW {{sql_database}}.loops {{on_cluster}} AS
SELECT
  project,
  lower(hex(l.trace_id)) AS trace_id,
  l.trace_id AS trace_key,
  start,
  judged_at,
  verdict,
  nullIf(l.what, '') AS what,
  steps,
  wasted_micros / 1e3 AS wasted_ms,
  wasted_tokens,
  wasted_cost / 1e9 AS wasted_usd,
  report
FROM {{database}}.trace_loops AS l FINAL;
