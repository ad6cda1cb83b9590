-- Hours whose words are to be built, of all projects: text has come since the last build began, but not of late. Hours
-- with spans wait for their figures, which tell into how many pieces the work is to be cut.
SELECT
  toString(project) AS of_project,
  toUnixTimestamp(hour) AS hour_seconds,
  counts.traces AS traces,
  toUnixTimestamp64Milli(now64(3)) AS now_millis
FROM (
  SELECT project, hour, max(marked_at) AS last_marked, max(spans_marked_at) AS last_spans
  FROM (
    SELECT project, hour, marked_at, marked_at AS spans_marked_at FROM span_hour_marks
    UNION ALL
    SELECT project, hour, marked_at, toDateTime64(0, 3, 'UTC') FROM log_hour_marks
  )
  GROUP BY project, hour
) AS marks
LEFT JOIN (
  SELECT project, hour, argMax(began_at, build) AS began_at FROM trace_word_builds GROUP BY project, hour
) AS builds USING (project, hour)
LEFT JOIN (
  SELECT project, hour, argMax(traces, build) AS traces, argMax(began_at, build) AS counted_at
  FROM span_hour_builds
  GROUP BY project, hour
) AS counts USING (project, hour)
WHERE last_marked + toIntervalSecond({grace:UInt32}) <= now64(3)
  AND began_at < last_marked + toIntervalSecond({grace:UInt32})
  AND counted_at >= last_spans
ORDER BY of_project, hour_seconds DESC
LIMIT {limit:UInt32}
