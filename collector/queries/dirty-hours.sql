-- Hours to rebuild, of all projects: spans have come since the last build began, but not of late.
SELECT
  toString(project) AS of_project,
  toUnixTimestamp(hour) AS hour_seconds,
  toUnixTimestamp64Milli(now64(3)) AS now_millis
FROM (
  SELECT project, hour, max(marked_at) AS last_marked FROM span_hour_marks GROUP BY project, hour
) AS marks
LEFT JOIN (
  SELECT project, hour, argMax(began_at, build) AS began_at FROM span_hour_builds GROUP BY project, hour
) AS builds USING (project, hour)
WHERE last_marked + toIntervalSecond({grace:UInt32}) <= now64(3)
  AND began_at < last_marked + toIntervalSecond({grace:UInt32})
ORDER BY of_project, hour_seconds
LIMIT {limit:UInt32}
