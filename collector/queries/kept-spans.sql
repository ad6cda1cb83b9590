-- Spans of a trace that were delivered with several starts: where the delivery that counts starts, the one of the highest
-- version and between equal ones the one that starts last.
SELECT
  lower(hex(span_id)) AS id,
  least(toUnixTimestamp64Micro(argMax(start, (version, bucket))), 9007199254740991) AS start_micros
FROM spans FINAL
PREWHERE project = {project:String}
  AND trace_id = toFixedString(unhex({traceId:String}), 16)
  AND bucket IN (
    SELECT bucket FROM trace_minutes
    WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16))
GROUP BY span_id
HAVING count() > 1
