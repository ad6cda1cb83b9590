-- The spans of given traces, as far as it takes to tell what the work cost: see `costOfWork` in domain.
SELECT
  lower(hex(trace_id)) AS trace,
  lower(hex(span_id)) AS span,
  if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
  kind,
  name,
  toInt8(call) AS call_number,
  tokens_input IS NOT NULL OR tokens_cache_read IS NOT NULL OR tokens_cache_write IS NOT NULL OR tokens_output IS NOT NULL
    OR tokens_reasoning IS NOT NULL AS used,
  cost,
  status = 'error' AS failed,
  agent,
  agent_version,
  if(model_responded = '', model_requested, model_responded) AS model,
  tool
FROM spans FINAL
PREWHERE project = {project:String}
  AND bucket IN (
    SELECT bucket FROM trace_minutes
    WHERE project = {project:String}
      AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
ORDER BY version DESC, bucket DESC
LIMIT 1 BY trace_id, span_id
