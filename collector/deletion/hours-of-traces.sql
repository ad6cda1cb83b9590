-- The hours in which some traces lie, in seconds since the epoch.
SELECT DISTINCT toUnixTimestamp(toStartOfHour(bucket)) AS hour
FROM (
  SELECT bucket FROM trace_minutes
  WHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
  UNION ALL
  SELECT bucket FROM logs
  WHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
)
