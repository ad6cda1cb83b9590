-- As drop-old-builds, of trace_hours.
DELETE FROM trace_hours
WHERE build < {before:UInt64} AND (project, hour, build) NOT IN (
  SELECT project, hour, max(build) FROM span_hour_builds GROUP BY project, hour)
