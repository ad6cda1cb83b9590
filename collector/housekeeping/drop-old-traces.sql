-- As drop-old-builds, of trace_hours.
DELETE FROM trace_hours
WHERE build < {before:UInt64} AND (project, hour, build) IN (
  SELECT stored.project, stored.hour, stored.build
  FROM (SELECT DISTINCT project, hour, build FROM trace_hours) AS stored
  JOIN (SELECT project, hour, max(build) AS build FROM span_hour_builds GROUP BY project, hour) AS noted
    ON noted.project = stored.project AND noted.hour = stored.hour
  WHERE stored.build < noted.build)
