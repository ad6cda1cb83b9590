-- The first spans of a trace by start, without text. Columns go out as they are: each function on one costs this query, which
-- is mostly planning, a fortieth of its time.
SELECT
  lower(hex(span_id)) AS span_id_hex,
  if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
  least(toUnixTimestamp64Micro(start), 9007199254740991) AS start_micros,
  greatest(0, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991) - start_micros) AS duration_micros,
  name,
  toInt8(kind) AS kind_number,
  toInt8(status) AS status_number,
  error_type,
  service,
  operation,
  agent,
  provider,
  model_requested,
  model_responded,
  tool,
  toInt8(call) AS call_number,
  tokens_input,
  tokens_cache_read,
  tokens_cache_write,
  tokens_output,
  tokens_reasoning,
  cost,
  run_id,
  trial_id,
  scenario_id
FROM spans FINAL
PREWHERE project = {project:String}
  AND trace_id = toFixedString(unhex({traceId:String}), 16)
  AND bucket IN (
    SELECT bucket FROM trace_minutes
    WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16))
ORDER BY start, span_id
LIMIT {limit:UInt32}
