-- The traces in whose text some words may stand, in a stretch of time (seconds since the epoch, both ends included), of
-- hours whose words are not built: of each place all pieces must be there, or escapes that they may be written in. Text of
-- deliveries that do not count is among it: the words of what is found are looked at more closely.
SELECT DISTINCT lower(hex(trace_id)) AS id
FROM (
  SELECT project, trace_id, bucket, concat(arrayStringConcat(mapValues(attributes), '\n'), '\n', events) AS text
  FROM span_payloads
  UNION ALL
  SELECT project, trace_id, bucket, concat(name, '\n', status_message) AS text
  FROM spans
  UNION ALL
  SELECT project, trace_id, bucket, concat(body, '\n', arrayStringConcat(mapValues(attributes), '\n')) AS text
  FROM logs
)
WHERE project = {project:String}
  AND bucket >= toStartOfMinute(toDateTime({since:UInt32}, 'UTC')) AND bucket <= toDateTime({until:UInt32}, 'UTC')
  AND toStartOfHour(bucket) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'))
  AND (arrayAll(word -> positionCaseInsensitiveUTF8(text, word) > 0, {words:Array(String)}) OR position(text, '\\u') > 0)
LIMIT {limit:UInt32}
