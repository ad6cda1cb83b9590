-- Log records without a trace that name some leads, sessions or users, each up to a moment in microseconds. Those with a
-- trace go with it.
DELETE FROM logs
WHERE project = {project:String} AND trace_id = toFixedString('', 16)
  AND arrayExists((key, value) -> key IN {keys:Array(String)}
      AND toUnixTimestamp64Micro(time)
        <= transform(value, {subjects:Array(String)}, {until:Array(Int64)}, toInt64(-1)),
    mapKeys(attributes), mapValues(attributes))
SETTINGS lightweight_deletes_sync = 0
