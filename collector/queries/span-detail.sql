-- One span with its text. FINAL in both tables, so that of two deliveries alike in version both keep the same one; of those that
-- differ in their start the one of the highest version counts.
SELECT light.*, heavy.* EXCEPT (span)
FROM (
  SELECT
    lower(hex(trace_id)) AS trace,
    lower(hex(span_id)) AS span,
    if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
    least(toUnixTimestamp64Micro(start), 9007199254740991) AS start_micros,
    greatest(0, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991) - start_micros) AS duration_micros,
    name, kind, status, status_message, error_type, service, operation, agent, provider, model_requested, model_responded,
    tool, session, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, tokens_reasoning, cost,
    run_id, trial_id, scenario_id
  FROM spans FINAL
  PREWHERE project = {project:String}
    AND trace_id = toFixedString(unhex({traceId:String}), 16)
    AND span_id = toFixedString(unhex({spanId:String}), 8)
    AND bucket IN (
      SELECT argMax(bucket, (version, bucket)) FROM span_payloads
      WHERE project = {project:String}
        AND trace_id = toFixedString(unhex({traceId:String}), 16)
        AND span_id = toFixedString(unhex({spanId:String}), 8))
) AS light
INNER JOIN (
  SELECT
    lower(hex(span_id)) AS span,
    mapKeys(attributes) AS attribute_keys, mapValues(attributes) AS attribute_values, attribute_types,
    resource, scope_name, scope_version, events, links
  FROM span_payloads FINAL
  WHERE project = {project:String}
    AND trace_id = toFixedString(unhex({traceId:String}), 16)
    AND span_id = toFixedString(unhex({spanId:String}), 8)
  ORDER BY version DESC, bucket DESC
  LIMIT 1
) AS heavy USING (span)
LIMIT 1
