-- One log record: the content that emitters put beside their spans, and events such as evaluation results.
-- The same record again is the same row: its hash is over all that was sent, its resource and its scope included.
-- The order is that in which a trace is read; a record without a trace has zeros for ids and lies by its minute.
CREATE TABLE IF NOT EXISTS logs {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  trace_id FixedString(16) CODEC(ZSTD(1)),
  -- The minute of the time, held within the years 2000 to 2099.
  bucket DateTime('UTC') CODEC(Delta, ZSTD(1)),
  span_id FixedString(8) CODEC(ZSTD(1)),
  -- When it happened; when it was observed, where the emitter did not say.
  time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  observed DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  hash UInt64,
  service LowCardinality(String),
  -- 1 to 24, as OTLP counts: 9 is information, 17 an error. 0 is unknown.
  severity_number UInt8,
  severity_text LowCardinality(String),
  -- The field of this name, else the attribute event.name.
  event_name LowCardinality(String),
  body String CODEC(ZSTD(1)),
  -- A letter as in attribute_types, for the body; empty for none.
  body_type LowCardinality(String),
  -- As in span_payloads: pairs in their order, and one letter for each.
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  attribute_types String CODEC(ZSTD(1)),
  dropped_attributes UInt32 CODEC(T64, ZSTD(1)),
  flags UInt32 CODEC(T64, ZSTD(1)),
  -- OTLP's JSON key-value arrays, as are the scope's.
  resource LowCardinality(String),
  resource_schema_url LowCardinality(String),
  scope_name LowCardinality(String),
  scope_version LowCardinality(String),
  scope_attributes LowCardinality(String),
  scope_schema_url LowCardinality(String)
) ENGINE = {{replicated}}ReplacingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (project, trace_id, bucket, span_id, time, hash)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1,
  auto_statistics_types = '';
