-- One span with its text. FINAL in both tables, so that of two deliveries alike in version both keep the same one; of those that
-- differ in their start the one of the highest version counts.
SELECT
  light.* EXCEPT (project, bucket, trace_key, span_key, trial_key),
  attribute_keys, attribute_values, attribute_types, resource, scope_name, scope_version, events, links
FROM (
  SELECT * FROM span_rows
  WHERE project = {project:String}
    AND trace_key = unhex({traceId:String})
    AND span_key = unhex({spanId:String})
    AND bucket IN (
      SELECT argMax(bucket, (version, bucket)) FROM span_payloads
      WHERE project = {project:String} AND trace_id = unhex({traceId:String}) AND span_id = unhex({spanId:String}))
) AS light
INNER JOIN (
  SELECT
    span_id AS span_key,
    mapKeys(attributes) AS attribute_keys, mapValues(attributes) AS attribute_values, attribute_types,
    resource, scope_name, scope_version, events, links
  FROM span_payloads FINAL
  WHERE project = {project:String} AND trace_id = unhex({traceId:String}) AND span_id = unhex({spanId:String})
  ORDER BY version DESC, bucket DESC
  LIMIT 1
) AS heavy USING (span_key)
LIMIT 1
