-- Rebuilt hours of all projects whose traces this version of the loop detector has not judged since, newest first.
SELECT
  toString(builds.project) AS of_project,
  toUnixTimestamp(builds.hour) AS hour_seconds,
  builds.build AS of_build
FROM (
  SELECT project, hour, max(build) AS build FROM span_hour_builds GROUP BY project, hour
) AS builds
LEFT JOIN (
  SELECT project, hour, max(build) AS build FROM loop_hours WHERE detector = {detector:UInt32} GROUP BY project, hour
) AS judged USING (project, hour)
WHERE judged.build < builds.build
ORDER BY hour_seconds DESC, of_project
LIMIT {limit:UInt32}
