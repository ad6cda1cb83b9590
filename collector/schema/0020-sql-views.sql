-- The store for people and scripts: `rehearse query`. Stable, unlike the tables behind it; docs/reference/sql.md says what
-- each column means. One row a thing however often it was delivered, ids as hex, absent text as NULL, dollars and
-- milliseconds as such.
CREATE OR REPLACE VIEW {{sql_database}}.spans {{on_cluster}} AS
SELECT
  project,
  bucket AS minute,
  lower(hex(s.trace_id)) AS trace_id,
  lower(hex(s.span_id)) AS span_id,
  if(s.parent_span_id = toFixedString('', 8), NULL, lower(hex(s.parent_span_id))) AS parent_span_id,
  s.trace_id AS trace_key,
  start,
  duration / 1e6 AS duration_ms,
  name,
  kind,
  otel_kind,
  status,
  nullIf(s.status_message, '') AS status_message,
  nullIf(s.error_type, '') AS error_type,
  nullIf(s.error_signal, '') AS error_signal,
  nullIf(s.service, '') AS service,
  nullIf(s.environment, '') AS environment,
  nullIf(s.agent_version, '') AS agent_version,
  nullIf(s.operation, '') AS operation,
  nullIf(s.agent, '') AS agent,
  nullIf(s.workflow, '') AS workflow,
  nullIf(s.provider, '') AS provider,
  coalesce(nullIf(s.model_responded, ''), nullIf(s.model_requested, '')) AS model,
  nullIf(s.model_requested, '') AS model_requested,
  nullIf(s.model_responded, '') AS model_responded,
  nullIf(s.tool, '') AS tool,
  nullIf(s.session, '') AS session,
  nullIf(s.user, '') AS user,
  finish_reasons,
  call,
  if(call = 'call', s.tokens_input, NULL) AS tokens_input,
  if(call = 'call', s.tokens_cache_read, NULL) AS tokens_cache_read,
  if(call = 'call', s.tokens_cache_write, NULL) AS tokens_cache_write,
  if(call = 'call', s.tokens_output, NULL) AS tokens_output,
  if(call = 'call', s.tokens_reasoning, NULL) AS tokens_reasoning,
  usage_estimated,
  if(call = 'call', s.cost / 1e9, NULL) AS cost_usd,
  s.cost_reported / 1e9 AS cost_reported_usd,
  nullIf(s.price, '') AS price,
  s.ttft / 1e6 AS ttft_ms,
  nullIf(s.run_id, '') AS run_id,
  nullIf(s.trial_id, '') AS trial_id,
  nullIf(s.scenario_id, '') AS scenario_id,
  payload_bytes,
  mapper_version
FROM {{database}}.spans AS s FINAL;

-- The text of a span. The resource's attributes come as a map: texts as they are, anything else as JSON.
CREATE OR REPLACE VIEW {{sql_database}}.payloads {{on_cluster}} AS
SELECT
  project,
  bucket AS minute,
  lower(hex(p.trace_id)) AS trace_id,
  lower(hex(p.span_id)) AS span_id,
  p.trace_id AS trace_key,
  attributes,
  attribute_types,
  mapFromArrays(
    arrayMap(pair -> JSONExtractString(pair, 'key'), JSONExtractArrayRaw(p.resource)),
    arrayMap(
      pair -> if(JSONHas(pair, 'value', 'stringValue'),
        JSONExtractString(pair, 'value', 'stringValue'),
        JSONExtractRaw(pair, 'value', 1)),
      JSONExtractArrayRaw(p.resource))) AS resource,
  nullIf(p.scope_name, '') AS scope_name,
  nullIf(p.scope_version, '') AS scope_version,
  events,
  links,
  nullIf(p.trace_state, '') AS trace_state,
  flags,
  dropped_attributes,
  dropped_events,
  dropped_links
FROM {{database}}.span_payloads AS p FINAL;

CREATE OR REPLACE VIEW {{sql_database}}.runs {{on_cluster}} AS
SELECT
  project,
  run_id,
  start,
  if(JSONType(r.record, 'end') = 'Null', NULL, fromUnixTimestamp64Micro(JSONExtractInt(r.record, 'end'), 'UTC')) AS end,
  pack,
  agent,
  JSONExtractString(r.record, 'agentVersion') AS agent_version,
  JSONExtractString(r.record, 'model') AS model,
  JSONExtractBool(r.record, 'simulated')::Bool AS simulated,
  JSONExtractBool(r.record, 'replayed')::Bool AS replayed,
  JSONExtractString(r.record, 'seed') AS seed,
  JSONExtract(r.record, 'commit', 'Nullable(String)') AS commit,
  JSONExtractUInt(r.record, 'trialsPlanned') AS trials_planned,
  JSONExtract(r.record, 'verdict', 'kind', 'Nullable(String)') AS verdict,
  record
FROM {{database}}.runs AS r FINAL;

CREATE OR REPLACE VIEW {{sql_database}}.trials {{on_cluster}} AS
SELECT
  project,
  run_id,
  trial_id,
  scenario_id,
  trial_index,
  start,
  outcome,
  JSONExtract(t.record, 'outcome', 'failure', 'Nullable(String)') AS failure,
  JSONExtract(t.record, 'outcome', 'explanation', 'Nullable(String)') AS explanation,
  JSONExtract(t.record, 'traceId', 'Nullable(String)') AS trace_id,
  JSONExtractBool(t.record, 'traceComplete')::Bool AS trace_complete,
  JSONExtractInt(t.record, 'figures', 'duration') / 1e3 AS duration_ms,
  virtual_duration / 1e3 AS virtual_duration_ms,
  JSONExtract(t.record, 'figures', 'modelCalls', 'Nullable(UInt32)') AS model_calls,
  JSONExtract(t.record, 'figures', 'toolCalls', 'Nullable(UInt32)') AS tool_calls,
  cost / 1e9 AS cost_usd,
  record
FROM {{database}}.trials AS t FINAL;
