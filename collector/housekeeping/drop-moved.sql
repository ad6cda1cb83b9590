-- Deliveries of spans, or of their text, that count less than one in another minute: see moved-spans. What came since then
-- stays.
DELETE FROM {table:Identifier}
WHERE project = {project:String}
  AND (trace_id, span_id) IN (
    SELECT toFixedString(unhex(substring(id, 1, 32)), 16), toFixedString(unhex(substring(id, 33, 16)), 8)
    FROM (SELECT arrayJoin({ids:Array(String)}) AS id))
  AND (version, bucket) < (
    transform(lower(hex(trace_id)) || lower(hex(span_id)), {ids:Array(String)},
      arrayMap(version -> toUInt64(version), {versions:Array(String)}), toUInt64(0)),
    toDateTime(transform(lower(hex(trace_id)) || lower(hex(span_id)), {ids:Array(String)}, {minutes:Array(UInt32)}, toUInt32(0)), 'UTC'))
  AND bucket != toDateTime(transform(lower(hex(trace_id)) || lower(hex(span_id)), {ids:Array(String)}, {minutes:Array(UInt32)}, toUInt32(0)), 'UTC')
