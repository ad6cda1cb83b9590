-- In which hours some traces lie, in seconds since the epoch.
SELECT
  lower(hex(trace_id)) AS id,
  groupUniqArray(toUnixTimestamp(toStartOfHour(bucket))) AS hours
FROM trace_minutes
WHERE project = {project:String}
  AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
GROUP BY trace_id
