-- The text of the spans of a trial's traces, newest version of each, merged or not. Asked for after the spans
-- themselves, whose text is always stored before them.
SELECT
  lower(hex(trace_id)) AS trace,
  lower(hex(span_id)) AS span,
  attributes, resource, scope_name, scope_version, events, links
FROM span_payloads
WHERE project = {project:String}
  AND trace_id IN (SELECT trace_id FROM spans WHERE project = {project:String} AND trial_id = {trialId:String})
ORDER BY version DESC
LIMIT 1 BY trace_id, span_id
