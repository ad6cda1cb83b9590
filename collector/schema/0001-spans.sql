-- One finished span without its text: what lists, charts and the waterfall read.
-- A span is known by (project, trace_id, span_id). The bucket, the minute in which it starts, is only where the row
-- lies: a clock that is far off is held within the years 2000 to 2099 (see bucketOf in ingest/span-time.ts).
-- The same span again replaces the row: the highest version stays (see versionOf in ingest/span-version.ts).
-- Small granules: a trace has some ten spans, and a list reads fifty of them.
-- Skip indexes and statistics cost more to write than they save here, but for the two that find a trial or a run.
CREATE TABLE IF NOT EXISTS spans {{on_cluster}} (
  project LowCardinality(String) DEFAULT 'default',
  bucket DateTime('UTC') CODEC(Delta, ZSTD(1)),
  trace_id FixedString(16) CODEC(ZSTD(1)),
  span_id FixedString(8) CODEC(ZSTD(1)),
  -- Zero for a root.
  parent_span_id FixedString(8) CODEC(ZSTD(1)),
  version UInt64 CODEC(T64('bit'), ZSTD(1)),
  start DateTime64(9, 'UTC') CODEC(T64('bit'), ZSTD(1)),
  -- Nanoseconds; below zero where the emitter's end lies before its start.
  duration Int64 CODEC(GCD, T64, ZSTD(1)),
  name String CODEC(ZSTD(1)),
  kind Enum8('other' = 0, 'agent' = 1, 'llm' = 2, 'tool' = 3, 'retrieval' = 4, 'guardrail' = 5, 'human' = 6, 'step' = 7),
  otel_kind Enum8('internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5),
  -- What the emitter said, and error also where another signal says so.
  status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
  status_message String CODEC(ZSTD(1)),
  error_type LowCardinality(String),
  -- Which signal told of the error: status, level, error_type, exception, finish_reason, tool_status.
  error_signal LowCardinality(String),
  service LowCardinality(String),
  environment LowCardinality(String),
  agent_version LowCardinality(String),
  operation LowCardinality(String),
  agent LowCardinality(String),
  workflow LowCardinality(String),
  provider LowCardinality(String),
  model_requested LowCardinality(String),
  model_responded LowCardinality(String),
  tool LowCardinality(String),
  session String CODEC(ZSTD(1)),
  user String CODEC(ZSTD(1)),
  finish_reasons Array(LowCardinality(String)),
  -- Exclusive buckets; NULL where the emitter did not say.
  tokens_input Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_cache_read Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_cache_write Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_output Nullable(Int64) CODEC(T64, ZSTD(1)),
  tokens_reasoning Nullable(Int64) CODEC(T64, ZSTD(1)),
  -- The emitter counted tokens itself instead of being told by the provider.
  usage_estimated Bool,
  -- A model call, or a wrapper that repeats the usage of its calls: only calls count towards totals.
  call Enum8('none' = 0, 'call' = 1, 'aggregate' = 2),
  -- Nano-dollars; NULL is unpriced, never free.
  cost Nullable(Int64) CODEC(GCD, T64, ZSTD(1)),
  cost_reported Nullable(Int64) CODEC(ZSTD(1)),
  -- The row of the price table that was used: model@first day.
  price LowCardinality(String),
  -- Nanoseconds to the first token.
  ttft Nullable(Int64) CODEC(ZSTD(1)),
  run_id LowCardinality(String),
  trial_id String CODEC(ZSTD(1)),
  scenario_id LowCardinality(String),
  -- Bytes of attributes and events as they were sent.
  payload_bytes UInt32 CODEC(T64, ZSTD(1)),
  mapper_version UInt16,
  INDEX by_trial trial_id TYPE bloom_filter GRANULARITY 1
) ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(bucket)
ORDER BY (project, bucket, trace_id, span_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1,
  auto_statistics_types = '', index_granularity = 2048;
