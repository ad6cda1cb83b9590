-- Rows of builds that a later one has replaced for some time: no reader counts them any more. `notes` tells the builds of the
-- table's hours. What is of a later build than the last that is noted here is left: the note may be on another shard.
DELETE FROM {table:Identifier}
WHERE build < {before:UInt64} AND (project, hour, build) IN (
  SELECT stored.project, stored.hour, stored.build
  FROM (SELECT DISTINCT project, hour, build FROM {table:Identifier}) AS stored
  JOIN (SELECT project, hour, max(build) AS build FROM {notes:Identifier} GROUP BY project, hour) AS noted
    ON noted.project = stored.project AND noted.hour = stored.hour
  WHERE stored.build < noted.build)
