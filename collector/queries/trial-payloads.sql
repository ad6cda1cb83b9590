-- The text of the spans of a trial's traces. Asked for after the spans themselves, whose text is always stored before
-- them. FINAL, as for the spans: of two deliveries alike in version both tables then keep the same one. Deliveries that
-- differ in their start differ in their key, and the newer version counts.
SELECT
  lower(hex(trace_id)) AS trace,
  lower(hex(span_id)) AS span,
  mapKeys(attributes) AS attribute_keys, mapValues(attributes) AS attribute_values, attribute_types,
  resource, scope_name, scope_version, events, links
FROM span_payloads FINAL
WHERE project = {project:String}
  AND trace_id IN (SELECT trace_id FROM spans WHERE project = {project:String} AND trial_id = {trialId:String})
ORDER BY version DESC, bucket DESC
LIMIT 1 BY trace_id, span_id
