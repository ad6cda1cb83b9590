-- The hours of a window (seconds since the epoch) in which there may be spans, each with its last complete build and the
-- traces in it; 0 where spans have come since, or may still have been on their way when it began.
SELECT
  toUnixTimestamp(hour) AS hour_seconds,
  if(build != 0 AND began_at >= last_marked + toIntervalSecond({grace:UInt32}), build, 0) AS clean_build,
  built_traces
FROM (
  SELECT hour, max(marked_at) AS last_marked
  FROM span_hour_marks
  WHERE project = {project:String}
    AND hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')
  GROUP BY hour
) AS marks
LEFT JOIN (
  SELECT
    hour, max(build) AS build,
    argMax(began_at, span_hour_builds.build) AS began_at,
    argMax(traces, span_hour_builds.build) AS built_traces
  FROM span_hour_builds
  WHERE project = {project:String}
    AND hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')
  GROUP BY hour
) AS builds USING (hour)
ORDER BY hour_seconds
