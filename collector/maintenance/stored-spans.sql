-- Spans that another version of the mapper has read, whole, by trace: the text lies in that order. Times as text, which
-- keeps all digits.
SELECT
  lower(hex(p.trace_id)) AS trace_id,
  lower(hex(p.span_id)) AS span_id,
  s.parent_span_id AS parent_span_id,
  s.start_nanos AS start_nanos,
  s.duration_nanos AS duration_nanos,
  s.name AS name,
  s.otel_kind AS otel_kind,
  s.status AS status,
  s.status_message AS status_message,
  s.error_signal AS error_signal,
  mapKeys(p.attributes) AS attribute_keys,
  mapValues(p.attributes) AS attribute_values,
  p.attribute_types AS attribute_types,
  p.resource AS resource,
  p.resource_schema_url AS resource_schema_url,
  p.scope_name AS scope_name,
  p.scope_version AS scope_version,
  p.scope_attributes AS scope_attributes,
  p.scope_schema_url AS scope_schema_url,
  p.events AS events,
  p.links AS links,
  p.trace_state AS trace_state,
  p.flags AS flags,
  p.dropped_attributes AS dropped_attributes,
  p.dropped_events AS dropped_events,
  p.dropped_links AS dropped_links
FROM span_payloads AS p FINAL
INNER JOIN (
  SELECT
    trace_id, bucket, span_id,
    if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent_span_id,
    toString(toUnixTimestamp64Nano(start)) AS start_nanos,
    toString(duration) AS duration_nanos,
    name, otel_kind, status, status_message, error_signal
  FROM spans FINAL
  WHERE project = {project:String}
    AND bucket BETWEEN toDateTime({from:UInt32}, 'UTC') AND toDateTime({to:UInt32}, 'UTC')
    AND trace_id BETWEEN toFixedString(unhex({first:String}), 16) AND toFixedString(unhex({last:String}), 16)
    AND (mapper_version != {mapper:UInt16} OR {all:Bool})
) AS s ON s.trace_id = p.trace_id AND s.bucket = p.bucket AND s.span_id = p.span_id
WHERE p.project = {project:String}
  AND p.bucket BETWEEN toDateTime({from:UInt32}, 'UTC') AND toDateTime({to:UInt32}, 'UTC')
  AND p.trace_id BETWEEN toFixedString(unhex({first:String}), 16) AND toFixedString(unhex({last:String}), 16)
