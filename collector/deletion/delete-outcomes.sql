-- What was told of some leads, each up to a moment in microseconds.
DELETE FROM outcomes
WHERE project = {project:String} AND subject IN {subjects:Array(String)}
  AND toUnixTimestamp64Micro(occurred_at)
    <= transform(subject, {subjects:Array(String)}, {until:Array(Int64)}, toInt64(0))
SETTINGS lightweight_deletes_sync = 0
