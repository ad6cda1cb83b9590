-- The trials that some traces were made in.
SELECT DISTINCT trial_id AS trial
FROM spans
WHERE project = {project:String}
  AND (trace_id, bucket) IN (
    SELECT trace_id, bucket FROM trace_minutes
    WHERE project = {project:String}
      AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16)))
  AND trial_id != ''
