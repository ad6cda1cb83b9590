-- Traces that were deleted and have rows again.
SELECT DISTINCT toString(project) AS of_project, lower(hex(trace_id)) AS trace
FROM (
  SELECT project, trace_id FROM span_payloads
  UNION ALL
  SELECT project, trace_id FROM trace_minutes
  UNION ALL
  SELECT project, trace_id FROM logs
)
WHERE (project, trace_id) IN (
  SELECT project, toFixedString(unhex(id), 16) FROM tombstones FINAL WHERE kind = 'trace' AND state != 'pending')
