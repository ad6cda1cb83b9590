-- The first spans of a trace by start.
SELECT * EXCEPT (project, bucket, trace_key, span_key, trial_key)
FROM span_rows
WHERE project = {project:String}
  AND trace_key = toFixedString(unhex({traceId:String}), 16)
  AND bucket IN (
    SELECT bucket FROM trace_minutes
    WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16))
ORDER BY start_micros, span_id
LIMIT {limit:UInt32}
