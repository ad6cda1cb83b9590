-- The hours of some traces are to be built again.
INSERT INTO span_hour_marks (project, hour, marked_at)
SELECT DISTINCT project, toStartOfHour(bucket), now64(3)
FROM trace_minutes
WHERE project = {project:String}
  AND trace_id IN (SELECT toFixedString(unhex(substring(arrayJoin({ids:Array(String)}), 1, 32)), 16))
