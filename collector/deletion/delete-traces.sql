-- All rows of some traces in a table.
DELETE FROM {table:Identifier}
WHERE project = {project:String}
  AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
SETTINGS lightweight_deletes_sync = 0
