-- Calls of models with what their price depends on, in the order in which they lie.
SELECT
  lower(hex(trace_id)) AS trace_id,
  lower(hex(span_id)) AS span_id,
  toUnixTimestamp(bucket) AS bucket,
  toUnixTimestamp64Micro(start) AS start_micros,
  kind,
  model_requested,
  model_responded,
  tokens_input,
  tokens_cache_read,
  tokens_cache_write,
  tokens_output,
  tokens_reasoning,
  cost,
  price
FROM spans FINAL
WHERE project = {project:String}
  AND bucket BETWEEN toDateTime({from:UInt32}, 'UTC') AND toDateTime({to:UInt32}, 'UTC')
  AND call = 'call'
