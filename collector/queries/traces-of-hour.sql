-- The traces with tools, agents or failures in an hour (seconds since the epoch): those that the loop detector may have to
-- judge.
SELECT lower(hex(trace_id)) AS id
FROM spans
PREWHERE project = {project:String}
  AND bucket >= toDateTime({hour:UInt32}, 'UTC') AND bucket < toDateTime({hour:UInt32} + 3600, 'UTC')
WHERE kind IN ('tool', 'agent') OR status = 'error' OR agent != '' OR notEmpty(finish_reasons)
GROUP BY trace_id
ORDER BY trace_id
