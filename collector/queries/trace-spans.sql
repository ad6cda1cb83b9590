-- The first spans of a trace by start. The payloads, ordered by trace, say when they were.
SELECT * EXCEPT (project, bucket, trace_key, span_key, trial_key)
FROM span_rows
WHERE project = {project:String}
  AND trace_key = unhex({traceId:String})
  AND bucket >= (
    SELECT min(bucket) FROM span_payloads
    WHERE project = {project:String} AND trace_id = unhex({traceId:String}))
  AND bucket <= (
    SELECT max(bucket) FROM span_payloads
    WHERE project = {project:String} AND trace_id = unhex({traceId:String}))
ORDER BY start_micros, span_id
LIMIT {limit:UInt32}
