-- The first spans of a trace by start, without text.
SELECT
  lower(hex(span_id)) AS span_id_hex,
  if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
  least(toUnixTimestamp64Micro(start), 9007199254740991) AS start_micros,
  greatest(0, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991) - start_micros) AS duration_micros,
  name AS span_name,
  toInt8(kind) AS kind_number,
  toInt8(status) AS status_number,
  toString(error_type) AS error,
  toString(service) AS service_name,
  toString(operation) AS operation_name,
  toString(agent) AS agent_name,
  toString(provider) AS provider_name,
  toString(if(model_responded = '', model_requested, model_responded)) AS model,
  toString(tool) AS tool_name,
  toInt8(call) AS call_number,
  tokens_input,
  tokens_cache_read,
  tokens_cache_write,
  tokens_output,
  tokens_reasoning,
  cost,
  toString(run_id) AS run,
  trial_id AS trial,
  toString(scenario_id) AS scenario
FROM spans FINAL
PREWHERE project = {project:String}
  AND trace_id = toFixedString(unhex({traceId:String}), 16)
  AND bucket IN (
    SELECT bucket FROM trace_minutes
    WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16))
ORDER BY start, span_id
LIMIT {limit:UInt32}
