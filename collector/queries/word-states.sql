-- The hours of a window (seconds since the epoch) in which there may be text, each with the last complete build of its
-- words; 0 where text has come since, or may still have been on its way when it began.
SELECT
  toUnixTimestamp(hour) AS hour_seconds,
  if(build != 0 AND began_at >= last_marked + toIntervalSecond({grace:UInt32}), build, 0) AS clean_build
FROM (
  SELECT hour, max(marked_at) AS last_marked
  FROM (
    SELECT project, hour, marked_at FROM span_hour_marks
    UNION ALL
    SELECT project, hour, marked_at FROM log_hour_marks
  )
  WHERE project = {project:String}
    AND hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')
  GROUP BY hour
) AS marks
LEFT JOIN (
  SELECT hour, max(build) AS build, argMax(began_at, trace_word_builds.build) AS began_at
  FROM trace_word_builds
  WHERE project = {project:String}
    AND hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')
  GROUP BY hour
) AS builds USING (hour)
ORDER BY hour_seconds
