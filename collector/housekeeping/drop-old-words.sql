-- As drop-old-builds, of trace_words.
DELETE FROM trace_words
WHERE build < {before:UInt64} AND (project, hour, build) IN (
  SELECT stored.project, stored.hour, stored.build
  FROM (SELECT DISTINCT project, hour, build FROM trace_words) AS stored
  JOIN (SELECT project, hour, max(build) AS build FROM trace_word_builds GROUP BY project, hour) AS noted
    ON noted.project = stored.project AND noted.hour = stored.hour
  WHERE stored.build < noted.build)
