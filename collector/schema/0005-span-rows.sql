-- A span as readers want it: one row a span whatever was delivered, ids as hex, absent text as NULL. The columns
-- project, bucket and those that end in _key are there to filter by; they use the indexes.
CREATE OR REPLACE VIEW span_rows {{on_cluster}} AS
SELECT
  s.project AS project,
  s.bucket AS bucket,
  s.trace_id AS trace_key,
  s.span_id AS span_key,
  s.trial_id AS trial_key,
  lower(hex(s.trace_id)) AS trace_id,
  lower(hex(s.span_id)) AS span_id,
  if(s.parent_span_id = unhex('0000000000000000'), NULL, lower(hex(s.parent_span_id))) AS parent_span_id,
  s.name AS name,
  s.kind AS kind,
  -- No later than 2^53, which JSON readers hold exactly: the year 2255.
  least(toUnixTimestamp64Micro(s.start), 9007199254740991) AS start_micros,
  greatest(0, least(intDiv(toUnixTimestamp64Nano(s.start) + s.duration, 1000), 9007199254740991) - start_micros)
    AS duration_micros,
  s.status AS status,
  s.status_message AS status_message,
  nullIf(s.error_type, '') AS error_type,
  s.service AS service,
  nullIf(s.operation, '') AS operation,
  nullIf(s.agent, '') AS agent,
  nullIf(s.provider, '') AS provider,
  coalesce(nullIf(s.model_responded, ''), nullIf(s.model_requested, '')) AS model,
  nullIf(s.tool, '') AS tool,
  nullIf(s.session, '') AS session,
  s.tokens_input AS tokens_input,
  s.tokens_cache_read AS tokens_cache_read,
  s.tokens_cache_write AS tokens_cache_write,
  s.tokens_output AS tokens_output,
  s.tokens_reasoning AS tokens_reasoning,
  s.cost AS cost,
  nullIf(s.run_id, '') AS run_id,
  nullIf(s.trial_id, '') AS trial_id,
  nullIf(s.scenario_id, '') AS scenario_id
FROM spans AS s FINAL;
