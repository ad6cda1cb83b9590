-- The spans that carry the id of a trial, with their text, by start.
SELECT
  light.* EXCEPT (project, bucket, trace_key, span_key, trial_key),
  attributes, resource, scope_name, scope_version, events, links
FROM (
  SELECT * FROM span_rows
  WHERE project = {project:String} AND trial_key = {trialId:String}
) AS light
INNER JOIN (
  SELECT trace_id AS trace_key, span_id AS span_key, attributes, resource, scope_name, scope_version, events, links
  FROM span_payloads
  WHERE project = {project:String}
    AND trace_id IN (SELECT trace_id FROM spans WHERE project = {project:String} AND trial_id = {trialId:String})
  ORDER BY version DESC
  LIMIT 1 BY trace_id, span_id
) AS heavy USING (trace_key, span_key)
ORDER BY start_micros, span_id
LIMIT {limit:UInt32}
