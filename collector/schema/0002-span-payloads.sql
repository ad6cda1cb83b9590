-- The heavy part of a span, in the order in which a trace is read: an agent sends its history again at every call, so
-- neighbours compress well. It also says in which minutes a trace lies.
-- Attributes keep type, order and repeated keys: the map is a list of pairs, and attribute_types has one letter for each
-- (s text, i integer, d double, b boolean, j anything else as OTLP's JSON).
CREATE TABLE IF NOT EXISTS span_payloads {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  trace_id FixedString(16) CODEC(ZSTD(1)),
  bucket DateTime('UTC') CODEC(Delta, ZSTD(1)),
  span_id FixedString(8) CODEC(ZSTD(1)),
  version UInt64 CODEC(T64('bit'), ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  attribute_types String CODEC(ZSTD(1)),
  -- OTLP's JSON key-value arrays, as are the scope's.
  resource LowCardinality(String),
  resource_schema_url LowCardinality(String),
  scope_name LowCardinality(String),
  scope_version LowCardinality(String),
  scope_attributes LowCardinality(String),
  scope_schema_url LowCardinality(String),
  -- OTLP's JSON arrays; empty for none.
  events String CODEC(ZSTD(1)),
  links String CODEC(ZSTD(1)),
  trace_state String CODEC(ZSTD(1)),
  flags UInt32 CODEC(T64, ZSTD(1)),
  dropped_attributes UInt32 CODEC(T64, ZSTD(1)),
  dropped_events UInt32 CODEC(T64, ZSTD(1)),
  dropped_links UInt32 CODEC(T64, ZSTD(1))
) ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(bucket)
ORDER BY (project, trace_id, bucket, span_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1,
  auto_statistics_types = '', max_compress_block_size = 1048576,
  min_bytes_for_wide_part = 268435456, index_granularity = 1024;
