-- The spans of those of the given traces in which a call has spans beneath it. Of most there are none. Which calls count
-- is told by `countedCalls`.
SELECT
  lower(hex(trace_id)) AS trace,
  lower(hex(span_id)) AS span,
  if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
  toInt8(call) AS call_number,
  tokens_input IS NOT NULL OR tokens_cache_read IS NOT NULL OR tokens_cache_write IS NOT NULL OR tokens_output IS NOT NULL
    OR tokens_reasoning IS NOT NULL AS used
FROM spans FINAL
PREWHERE project = {project:String}
  AND bucket IN (
    SELECT bucket FROM trace_minutes
    WHERE project = {project:String}
      AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
  AND trace_id IN (
    SELECT trace_id FROM spans
    PREWHERE project = {project:String}
    AND bucket IN (
      SELECT bucket FROM trace_minutes
      WHERE project = {project:String}
        AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
    WHERE call = 'call' AND cityHash64(trace_id, span_id) IN (
      SELECT cityHash64(trace_id, parent_span_id) FROM spans
      PREWHERE project = {project:String}
        AND bucket IN (
          SELECT bucket FROM trace_minutes
      WHERE project = {project:String}
            AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
        AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
      WHERE parent_span_id != toFixedString('', 8)))
