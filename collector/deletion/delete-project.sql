-- What a project holds in a table up to a moment in microseconds.
DELETE FROM {table:Identifier}
WHERE project = {project:String}
  AND toUnixTimestamp64Micro(toDateTime64({time:Identifier}, 6, 'UTC')) <= {until:Int64}
SETTINGS lightweight_deletes_sync = 0
