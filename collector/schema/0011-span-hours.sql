-- Spans counted by the hour, for charts and facets. An hour is always rebuilt whole out of `spans`, never counted up: so
-- the figures are right however often a span was delivered. `build` tells the rebuilds of an hour apart.
CREATE TABLE IF NOT EXISTS span_hours {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
  build UInt64 CODEC(ZSTD(1)),
  kind Enum8('other' = 0, 'agent' = 1, 'llm' = 2, 'tool' = 3, 'retrieval' = 4, 'guardrail' = 5, 'human' = 6, 'step' = 7),
  status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
  service LowCardinality(String),
  environment LowCardinality(String),
  agent LowCardinality(String),
  agent_version LowCardinality(String),
  provider LowCardinality(String),
  model LowCardinality(String),
  tool LowCardinality(String),
  spans UInt64 CODEC(T64, ZSTD(1)),
  -- Model calls that count: see `countedCalls` in domain. Tokens and cost are those of these calls; NULL where none tells.
  calls UInt64 CODEC(T64, ZSTD(1)),
  unpriced_calls UInt64 CODEC(T64, ZSTD(1)),
  unmetered_calls UInt64 CODEC(T64, ZSTD(1)),
  cost Nullable(Int64) CODEC(ZSTD(1)),
  tokens_input Nullable(Int64) CODEC(ZSTD(1)),
  tokens_cache_read Nullable(Int64) CODEC(ZSTD(1)),
  tokens_cache_write Nullable(Int64) CODEC(ZSTD(1)),
  tokens_output Nullable(Int64) CODEC(ZSTD(1)),
  tokens_reasoning Nullable(Int64) CODEC(ZSTD(1)),
  -- Nanoseconds of all spans.
  duration Int64 CODEC(ZSTD(1)),
  -- How many spans lasted how long: see `latencyClass` in domain.
  latency_classes Array(UInt16) CODEC(Delta, ZSTD(1)),
  latency_counts Array(UInt64) CODEC(T64, ZSTD(1))
) ENGINE = {{replicated}}MergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (project, hour, kind, model, agent)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

-- The rebuilds that are complete. A reader takes the rows of an hour's last build.
CREATE TABLE IF NOT EXISTS span_hour_builds {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC'),
  build UInt64,
  began_at DateTime64(3, 'UTC')
) ENGINE = {{replicated}}ReplacingMergeTree(build)
ORDER BY (project, hour)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

-- When spans of an hour were last written. Whether a call counts depends on the calls beneath it, which may lie in the
-- next hour or, with clocks apart, in the one before: a span marks the hours of a quarter of an hour around it.
CREATE TABLE IF NOT EXISTS span_hour_marks {{on_cluster}} (
  project LowCardinality(String),
  hour DateTime('UTC'),
  marked_at DateTime64(3, 'UTC')
) ENGINE = {{replicated}}ReplacingMergeTree(marked_at)
ORDER BY (project, hour)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, auto_statistics_types = '';

CREATE MATERIALIZED VIEW IF NOT EXISTS span_hour_marks_of_spans {{on_cluster}} TO span_hour_marks AS
SELECT DISTINCT
  project,
  arrayJoin([toStartOfHour(bucket - 900), toStartOfHour(bucket), toStartOfHour(bucket + 900)]) AS hour,
  now64(3) AS marked_at
FROM spans;

-- The spans of given hours (seconds since the epoch) in the columns of span_hours, one row each: what a rebuild sums up,
-- and what a reader takes for hours that are not rebuilt yet. `enclosing` are the calls that do not count, trace id and
-- span id in hex, as the query nested-calls-of-hours finds them.
CREATE OR REPLACE VIEW hour_spans {{on_cluster}} AS
SELECT
  s.project AS project,
  s.bucket AS minute,
  toStartOfHour(s.bucket) AS hour,
  s.kind AS kind,
  s.status AS status,
  s.service AS service,
  s.environment AS environment,
  s.agent AS agent,
  s.agent_version AS agent_version,
  s.provider AS provider,
  if(s.model_responded = '', s.model_requested, s.model_responded) AS model,
  s.tool AS tool,
  toUInt64(1) AS spans,
  toUInt64(s.call = 'call' AND (s.trace_id, s.span_id) NOT IN (
    SELECT toFixedString(unhex(substring(id, 1, 32)), 16), toFixedString(unhex(substring(id, 33, 16)), 8)
    FROM (SELECT arrayJoin({enclosing:Array(String)}) AS id))) AS calls,
  toUInt64(calls AND s.cost IS NULL) AS unpriced_calls,
  toUInt64(calls AND s.tokens_input IS NULL AND s.tokens_cache_read IS NULL AND s.tokens_cache_write IS NULL
    AND s.tokens_output IS NULL AND s.tokens_reasoning IS NULL) AS unmetered_calls,
  if(calls = 1, s.cost, NULL) AS cost,
  if(calls = 1, s.tokens_input, NULL) AS tokens_input,
  if(calls = 1, s.tokens_cache_read, NULL) AS tokens_cache_read,
  if(calls = 1, s.tokens_cache_write, NULL) AS tokens_cache_write,
  if(calls = 1, s.tokens_output, NULL) AS tokens_output,
  if(calls = 1, s.tokens_reasoning, NULL) AS tokens_reasoning,
  greatest(0, s.duration) AS duration,
  -- Classes of 5 %: latencyClass in domain.
  [toUInt16(floor(log(greatest(1000, s.duration) / 1000) / log(1.05)))] AS latency_classes,
  [toUInt64(1)] AS latency_counts
FROM spans AS s FINAL
WHERE s.project = {project:String}
  AND toStartOfHour(s.bucket) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'));
