-- The traces of some leads, sessions or users, each up to a moment in microseconds: a trace is theirs where one of its
-- spans or log records names them, or where an outcome of theirs names it.
WITH {subjects:Array(String)} AS ids, {until:Array(Int64)} AS moments
SELECT DISTINCT lower(hex(trace_id)) AS trace
FROM (
  SELECT trace_id
  FROM spans
  WHERE project = {project:String} AND (user IN {subjects:Array(String)} OR session IN {subjects:Array(String)})
    AND toUnixTimestamp64Micro(start) <= greatest(
      transform(user, ids, moments, toInt64(0)), transform(session, ids, moments, toInt64(0)))
  UNION ALL
  SELECT trace_id
  FROM outcomes
  WHERE project = {project:String} AND subject IN {subjects:Array(String)}
    AND toUnixTimestamp64Micro(occurred_at) <= transform(subject, ids, moments, toInt64(0))
  UNION ALL
  SELECT trace_id
  FROM logs
  WHERE project = {project:String}
    AND arrayExists((key, value) -> key IN {keys:Array(String)}
        AND toUnixTimestamp64Micro(time) <= transform(value, ids, moments, toInt64(-1)),
      mapKeys(attributes), mapValues(attributes))
)
WHERE trace_id != toFixedString('', 16)
