-- The notes that people left on the spans of a trace, the oldest first.
SELECT
  pin_id,
  lower(hex(span_id)) AS span,
  note,
  author,
  toUnixTimestamp64Micro(pinned_at) AS pinned_micros
FROM pins FINAL
WHERE project = {project:String} AND trace_id = toFixedString(unhex({traceId:String}), 16) AND NOT removed
ORDER BY pinned_at, pin_id
