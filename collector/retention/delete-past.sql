-- What is past its age in a table, by project. What is of an hour that was written to of late is held back: it came with
-- a clock that is wrong, or was just imported.
DELETE FROM {table:Identifier}
WHERE {time:Identifier} < toDateTime({latest:UInt32}, 'UTC')
  AND toUnixTimestamp({time:Identifier})
    < transform(toString(project), {projects:Array(String)}, {cutoffs:Array(UInt32)}, {otherwise:UInt32})
  AND (project, toStartOfHour({time:Identifier})) NOT IN (
    SELECT project, hour FROM span_hour_marks WHERE marked_at >= toDateTime64({heldSince:UInt32}, 3, 'UTC')
    UNION ALL
    SELECT project, hour FROM log_hour_marks WHERE marked_at >= toDateTime64({heldSince:UInt32}, 3, 'UTC'))
SETTINGS lightweight_deletes_sync = 0
