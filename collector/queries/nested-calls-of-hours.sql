-- The spans of the traces in which a call has spans beneath it, as far as they lie in given quarters of hours (seconds
-- since the epoch). Of most traces there are none. Which calls count is told by `countedCalls`.
SELECT
  lower(hex(trace_id)) AS trace,
  lower(hex(span_id)) AS span,
  if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
  toInt8(call) AS call_number,
  tokens_input IS NOT NULL OR tokens_cache_read IS NOT NULL OR tokens_cache_write IS NOT NULL OR tokens_output IS NOT NULL
    OR tokens_reasoning IS NOT NULL AS used
FROM spans FINAL
PREWHERE project = {project:String}
  AND toStartOfFifteenMinutes(bucket) IN (SELECT toDateTime(arrayJoin({quarters:Array(UInt32)}), 'UTC'))
  AND trace_id IN (
    SELECT trace_id FROM spans
    PREWHERE project = {project:String}
    AND toStartOfFifteenMinutes(bucket) IN (SELECT toDateTime(arrayJoin({quarters:Array(UInt32)}), 'UTC'))
    WHERE call = 'call' AND cityHash64(trace_id, span_id) IN (
      SELECT cityHash64(trace_id, parent_span_id) FROM spans
      PREWHERE project = {project:String}
        AND toStartOfFifteenMinutes(bucket) IN (SELECT toDateTime(arrayJoin({quarters:Array(UInt32)}), 'UTC'))
      WHERE parent_span_id != toFixedString('', 8)))
