-- In which minutes a trace lies: the way from its id to its rows in `spans`, which are in the order of time. One row for
-- some ten spans, in small granules: fifty traces are found in a few milliseconds.
CREATE TABLE IF NOT EXISTS trace_minutes {{on_cluster}} (
  project LowCardinality(String),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  bucket DateTime('UTC') CODEC(Delta, ZSTD(1))
) ENGINE = {{replicated}}ReplacingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (project, trace_id, bucket)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

CREATE MATERIALIZED VIEW IF NOT EXISTS trace_minutes_of_spans {{on_cluster}} TO trace_minutes AS
SELECT DISTINCT project, trace_id, bucket FROM spans;
