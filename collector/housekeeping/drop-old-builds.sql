-- Rows of builds that a later one has replaced for some time: no reader counts them any more.
DELETE FROM span_hours
WHERE build < {before:UInt64} AND (project, hour, build) NOT IN (
  SELECT project, hour, max(build) FROM span_hour_builds GROUP BY project, hour)
