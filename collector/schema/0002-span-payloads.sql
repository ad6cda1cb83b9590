-- The heavy part of a span, in the order in which a trace is read: an agent sends its history again at every call, so
-- neighbours compress well. Attributes are OTLP's JSON key-value arrays, with type, order and repeated keys kept.
CREATE TABLE IF NOT EXISTS span_payloads {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  trace_id FixedString(16) CODEC(ZSTD(1)),
  start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  span_id FixedString(8) CODEC(ZSTD(1)),
  version UInt64 CODEC(ZSTD(1)),
  attributes String CODEC(ZSTD(1)),
  resource String CODEC(ZSTD(1)),
  resource_schema_url LowCardinality(String),
  scope_name LowCardinality(String),
  scope_version LowCardinality(String),
  scope_attributes String CODEC(ZSTD(1)),
  scope_schema_url LowCardinality(String),
  events String CODEC(ZSTD(1)),
  links String CODEC(ZSTD(1)),
  trace_state String CODEC(ZSTD(1)),
  flags UInt32 CODEC(ZSTD(1)),
  dropped_attributes UInt32 CODEC(ZSTD(1)),
  dropped_events UInt32 CODEC(ZSTD(1)),
  dropped_links UInt32 CODEC(ZSTD(1))
) ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(start)
ORDER BY (project, trace_id, start, span_id)
SETTINGS non_replicated_deduplication_window = 1000, max_compress_block_size = 1048576;
