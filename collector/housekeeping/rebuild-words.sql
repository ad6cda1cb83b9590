-- Gathers the words of some hours anew, of traces within a range of ids. The rows count once the build is noted in
-- trace_word_builds. The text lies in the order of traces, so that a trace is done when the next begins.
INSERT INTO trace_words (project, hour, build, trace_id, words)
SELECT project, hour, {build:UInt64}, trace_id,
  if(length(gathered) > 50000, arrayPushBack(arraySlice(gathered, 1, 50000), '*'), arraySort(gathered))
FROM (
  SELECT project, trace_id, toStartOfHour(bucket) AS hour,
    groupUniqArrayArray(50001)(arrayFilter(word -> length(word) BETWEEN 1 AND 100, words)) AS gathered
  FROM span_words
  WHERE project = {project:String}
    AND trace_id BETWEEN toFixedString(unhex({first:String}), 16) AND toFixedString(unhex({last:String}), 16)
    AND bucket >= toDateTime(arrayMin({hours:Array(UInt32)}), 'UTC')
    AND bucket < toDateTime(arrayMax({hours:Array(UInt32)}) + 3600, 'UTC')
    AND toStartOfHour(bucket) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'))
  GROUP BY project, trace_id, hour
)
