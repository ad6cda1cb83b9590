-- Which of some traces have a place in whose text each phrase stands: words that follow one another, separated by spaces.
SELECT DISTINCT lower(hex(trace_id)) AS id
FROM span_words
WHERE project = {project:String}
  AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
  AND bucket IN (
    SELECT bucket FROM trace_minutes
    WHERE project = {project:String}
      AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
    UNION ALL
    SELECT bucket FROM logs
    WHERE project = {project:String}
      AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  AND arrayAll(phrase -> hasSubstr(words, splitByChar(' ', phrase)), {phrases:Array(String)})
