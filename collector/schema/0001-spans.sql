-- One finished span without its text: what lists, charts and the waterfall read.
-- Identity is (project, trace_id, span_id); the start is part of it, since OTLP sends a span once, when it has ended.
-- The same span again replaces the row: the highest version stays (see versionOf in ingest/span-version.ts).
CREATE TABLE IF NOT EXISTS spans {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  bucket DateTime('UTC') DEFAULT toStartOfHour(start) CODEC(Delta, ZSTD(1)),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  span_id FixedString(8) CODEC(ZSTD(1)),
  -- Zero for a root.
  parent_span_id FixedString(8) CODEC(ZSTD(1)),
  version UInt64 CODEC(ZSTD(1)),
  start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  -- As it was sent: it may lie before the start.
  end DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  name String CODEC(ZSTD(1)),
  kind LowCardinality(String),
  otel_kind LowCardinality(String),
  status LowCardinality(String),
  status_message String CODEC(ZSTD(1)),
  error_type LowCardinality(String),
  service LowCardinality(String),
  operation LowCardinality(String),
  agent LowCardinality(String),
  provider LowCardinality(String),
  model_requested LowCardinality(String),
  model_responded LowCardinality(String),
  tool LowCardinality(String),
  session String CODEC(ZSTD(1)),
  finish_reasons Array(LowCardinality(String)),
  -- Exclusive buckets; NULL where the emitter did not say.
  tokens_input Nullable(Int64) CODEC(ZSTD(1)),
  tokens_cache_read Nullable(Int64) CODEC(ZSTD(1)),
  tokens_cache_write Nullable(Int64) CODEC(ZSTD(1)),
  tokens_output Nullable(Int64) CODEC(ZSTD(1)),
  tokens_reasoning Nullable(Int64) CODEC(ZSTD(1)),
  -- Nano-dollars; NULL is unpriced, never free.
  cost Nullable(Int64) CODEC(ZSTD(1)),
  run_id LowCardinality(String),
  trial_id String CODEC(ZSTD(1)),
  scenario_id LowCardinality(String),
  mapper_version UInt32 CODEC(ZSTD(1)),
  INDEX by_trace trace_id TYPE bloom_filter GRANULARITY 1,
  INDEX by_trial trial_id TYPE bloom_filter GRANULARITY 1
) ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(start)
ORDER BY (project, bucket, trace_id, span_id)
SETTINGS non_replicated_deduplication_window = 1000;
