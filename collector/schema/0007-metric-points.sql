-- One data point of a metric, of any of OTLP's five types; what a type does not have is NULL, zero or empty.
-- The same point again is the same row: its hash is over all that was sent, its resource and its scope included.
-- Points of cumulative temporality repeat what came before them since start: they are never to be added up.
CREATE TABLE IF NOT EXISTS metric_points {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  name LowCardinality(String),
  -- The minute of the time, held within the years 2000 to 2099.
  bucket DateTime('UTC') CODEC(Delta, ZSTD(1)),
  time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  hash UInt64,
  -- Since when a sum or a histogram counts; 1970 where the emitter did not say.
  start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  service LowCardinality(String),
  unit LowCardinality(String),
  description LowCardinality(String),
  type Enum8('gauge' = 1, 'sum' = 2, 'histogram' = 3, 'exponential_histogram' = 4, 'summary' = 5),
  temporality Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2),
  monotonic Bool,
  -- As in span_payloads: pairs in their order, and one letter for each.
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  attribute_types String CODEC(ZSTD(1)),
  flags UInt32 CODEC(T64, ZSTD(1)),
  -- Of a gauge or a sum; an integer is also there exactly.
  value Nullable(Float64) CODEC(ZSTD(1)),
  value_int Nullable(Int64) CODEC(ZSTD(1)),
  -- Of the histograms and of a summary.
  count UInt64 CODEC(T64, ZSTD(1)),
  sum Nullable(Float64) CODEC(ZSTD(1)),
  min Nullable(Float64) CODEC(ZSTD(1)),
  max Nullable(Float64) CODEC(ZSTD(1)),
  -- Of a histogram: the upper bounds, and one count more.
  bounds Array(Float64) CODEC(ZSTD(1)),
  bucket_counts Array(UInt64) CODEC(ZSTD(1)),
  -- Of an exponential histogram: https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
  scale Int32 CODEC(T64, ZSTD(1)),
  zero_count UInt64 CODEC(T64, ZSTD(1)),
  zero_threshold Float64 CODEC(ZSTD(1)),
  positive_offset Int32 CODEC(T64, ZSTD(1)),
  positive_counts Array(UInt64) CODEC(ZSTD(1)),
  negative_offset Int32 CODEC(T64, ZSTD(1)),
  negative_counts Array(UInt64) CODEC(ZSTD(1)),
  -- Of a summary: quantiles from 0 to 1, and their values.
  quantiles Array(Float64) CODEC(ZSTD(1)),
  quantile_values Array(Float64) CODEC(ZSTD(1)),
  -- An OTLP JSON array; empty for none.
  exemplars String CODEC(ZSTD(1)),
  -- OTLP's JSON key-value arrays, as are the scope's.
  resource LowCardinality(String),
  resource_schema_url LowCardinality(String),
  scope_name LowCardinality(String),
  scope_version LowCardinality(String),
  scope_attributes LowCardinality(String),
  scope_schema_url LowCardinality(String)
) ENGINE = {{replicated}}ReplacingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (project, name, bucket, time, hash)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1,
  auto_statistics_types = '';
