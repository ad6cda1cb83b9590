-- The spans of given traces without their text, as far as the loop detector reads them: by trace and start, of each trace
-- the first ones. Of a span that was delivered with several starts the delivery of the highest version counts.
SELECT
  lower(hex(trace_id)) AS trace,
  lower(hex(span_id)) AS span,
  if(parent_span_id = toFixedString('', 8), NULL, lower(hex(parent_span_id))) AS parent,
  name AS span_name,
  toString(kind) AS kind_name,
  least(toUnixTimestamp64Micro(start), 9007199254740991) AS start_micros,
  greatest(0, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991) - start_micros) AS duration_micros,
  toString(status) AS status_name,
  status_message AS said,
  nullIf(toString(error_type), '') AS error,
  nullIf(toString(agent), '') AS agent_name,
  nullIf(toString(tool), '') AS tool_name,
  finish_reasons AS reasons,
  tokens_input,
  tokens_cache_read,
  tokens_cache_write,
  tokens_output,
  tokens_reasoning,
  cost
FROM (
  SELECT *
  FROM spans FINAL
  PREWHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
    AND bucket IN (
      SELECT bucket FROM trace_minutes
      WHERE project = {project:String}
        AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  ORDER BY version DESC, bucket DESC
  LIMIT 1 BY trace_id, span_id
)
ORDER BY trace_id, start, span_id
LIMIT {spansOfTrace:UInt32} BY trace_id
