-- What was deleted and is so far done, of all projects.
SELECT
  toString(project) AS of_project,
  kind,
  id,
  toUnixTimestamp64Micro(deleted_at) AS deleted_micros,
  state
FROM tombstones FINAL
WHERE state IN {states:Array(String)}
ORDER BY of_project, kind, id
