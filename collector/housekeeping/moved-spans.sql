-- Spans that are stored in several minutes, since they came again with another start: of each the delivery that counts,
-- the one of the highest version, and between equal ones the one that starts last. The traces of given hours (seconds
-- since the epoch) are looked at in all of their minutes.
SELECT
  lower(hex(trace_id)) AS trace,
  lower(hex(span_id)) AS span,
  toUnixTimestamp(argMax(bucket, (version, bucket))) AS minute,
  -- As text: a JS number would not hold it.
  toString(max(version)) AS highest_version
FROM (
  SELECT trace_id, span_id, bucket, version
  FROM spans
  PREWHERE project = {project:String}
    AND toStartOfHour(bucket) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'))
  UNION ALL
  SELECT trace_id, span_id, bucket, version
  FROM spans
  PREWHERE project = {project:String}
    AND (trace_id, bucket) IN (
      SELECT trace_id, bucket FROM trace_minutes
      WHERE project = {project:String} AND trace_id IN (
        SELECT trace_id FROM spans
        PREWHERE project = {project:String}
          AND toStartOfHour(bucket) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC')))
        AND toStartOfHour(bucket) NOT IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC')))
)
GROUP BY trace_id, span_id
HAVING min(bucket) != max(bucket)
LIMIT {limit:UInt32}
