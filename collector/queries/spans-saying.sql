-- The spans of a trace in whose text a piece stands, in any case: values of attributes, events, name and status message, as
-- they were sent. Of deliveries that differ in their start the text of each counts.
SELECT DISTINCT lower(hex(span_id)) AS span
FROM (
  SELECT span_id, concat(arrayStringConcat(mapValues(attributes), '\n'), '\n', events) AS text
  FROM span_payloads FINAL
  WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16)
  UNION ALL
  SELECT span_id, concat(name, '\n', status_message) AS text
  FROM spans FINAL
  WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16)
    AND bucket IN (
      SELECT bucket FROM trace_minutes
      WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16))
)
WHERE positionCaseInsensitiveUTF8(text, {piece:String}) > 0
LIMIT {limit:UInt32}
