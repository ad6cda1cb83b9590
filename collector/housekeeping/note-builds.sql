-- The build of these hours is complete.
INSERT INTO span_hour_builds (project, hour, build, began_at, traces)
SELECT {project:String}, built.hour, {build:UInt64}, fromUnixTimestamp64Milli({began:Int64}, 'UTC'), counts.traces
FROM (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC') AS hour) AS built
LEFT JOIN (
  SELECT hour, count() AS traces
  FROM trace_hours
  WHERE project = {project:String} AND build = {build:UInt64}
    AND hour IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'))
  GROUP BY hour
) AS counts USING (hour)
