-- The log records of traces, or of one span of a trace, or of one name, by time; `total` says how many there are when only the first
-- are given.
SELECT
  lower(hex(trace_id)) AS trace,
  if(span_id = unhex('0000000000000000'), NULL, lower(hex(span_id))) AS span,
  -- A JS number is exact until the year 2255.
  least(toUnixTimestamp64Micro(time), 9007199254740991) AS at_micros,
  toInt32(severity_number) AS severity_number,
  severity_text,
  nullIf(event_name, '') AS event_name,
  service,
  body,
  body_type,
  mapKeys(attributes) AS attribute_keys,
  mapValues(attributes) AS attribute_values,
  attribute_types,
  count() OVER () AS total
FROM logs FINAL
WHERE project = {project:String}
  AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
  AND ({spanId:Nullable(String)} IS NULL OR span_id = unhex(assumeNotNull({spanId:Nullable(String)})))
  AND ({event:Nullable(String)} IS NULL OR event_name = assumeNotNull({event:Nullable(String)}))
ORDER BY time, trace_id, span_id, hash
LIMIT {limit:UInt32}
