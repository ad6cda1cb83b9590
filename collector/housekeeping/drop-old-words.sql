-- As drop-old-builds, of trace_words.
DELETE FROM trace_words
WHERE build < {before:UInt64} AND (project, hour, build) NOT IN (
  SELECT project, hour, max(build) FROM trace_word_builds GROUP BY project, hour)
