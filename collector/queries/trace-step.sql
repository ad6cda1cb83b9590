-- The traces that may belong to a part of the window: those with their first span in it (microseconds, `to` excluded), newest
-- first. Spans up to `reach` after the part count too, and of a trace that may go on even longer nothing is said here:
-- its summary, which is read anyway, decides. An empty text does not filter.
WITH
  -- No later than 2^53, which JSON readers hold exactly: the year 2255.
  least(toUnixTimestamp64Micro(start), 9007199254740991) AS began,
  greatest(began, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991)) AS ended
SELECT
  lower(hex(trace_id)) AS id,
  min(began) AS first_micros
FROM spans FINAL
PREWHERE project = {project:String}
  AND bucket >= toStartOfMinute(toDateTime(intDiv(greatest({from:Int64}, 946684800000000), 1000000), 'UTC'))
  AND bucket <= toStartOfMinute(toDateTime(intDiv(least({to:Int64} + {reach:Int64}, 4102444799000000), 1000000), 'UTC'))
GROUP BY trace_id
HAVING first_micros >= {from:Int64}
  AND first_micros < {to:Int64}
  AND ({beforeTraceId:String} = '' OR (first_micros, id) < ({beforeMicros:Int64}, {beforeTraceId:String}))
  AND ((
  1 AND ({status:String} = '' OR {status:String} = if(countIf({status:String} != '' AND status = 'error') > 0, 'error', 'ok'))
  AND ({kind:String} = '' OR countIf({kind:String} != '' AND toString(kind) = {kind:String}) > 0)
  AND ({service:String} = '' OR countIf({service:String} != '' AND service = {service:String}) > 0)
  AND ({environment:String} = '' OR countIf({environment:String} != '' AND environment = {environment:String}) > 0)
  AND ({agent:String} = '' OR countIf({agent:String} != '' AND agent = {agent:String}) > 0)
  AND ({agentVersion:String} = '' OR countIf({agentVersion:String} != '' AND agent_version = {agentVersion:String}) > 0)
  AND ({model:String} = ''
    OR countIf({model:String} != '' AND if(model_responded = '', model_requested, model_responded) = {model:String}) > 0)
  AND ({tool:String} = '' OR countIf({tool:String} != '' AND tool = {tool:String}) > 0)
  AND ({session:String} = '' OR countIf({session:String} != '' AND session = {session:String}) > 0)
  AND ({user:String} = '' OR countIf({user:String} != '' AND user = {user:String}) > 0)
  AND ({runId:String} = '' OR countIf({runId:String} != '' AND run_id = {runId:String}) > 0)
  AND (NOT {searched:Bool} OR trace_id IN (
      SELECT trace_id FROM trace_words
      WHERE project = {project:String}
        AND hour >= toDateTime(arrayMin(arrayPushBack({wordHours:Array(UInt32)}, 4294967295)), 'UTC')
        AND hour <= toDateTime(arrayMax(arrayPushBack({wordHours:Array(UInt32)}, 0)), 'UTC')
        AND (hour, build) IN (
          SELECT toDateTime(pair.1, 'UTC'), pair.2
          FROM (SELECT arrayJoin(arrayZip({wordHours:Array(UInt32)}, {wordBuilds:Array(UInt64)})) AS pair))
        AND (hasAllTokens(words, {words:Array(String)}) OR hasAnyTokens(words, ['*']))
      UNION ALL
      SELECT toFixedString(unhex(arrayJoin({textTraces:Array(String)})), 16)))
  AND ({minCost:Int64} = 0 OR sumIf(cost, {minCost:Int64} != 0 AND call = 'call') >= {minCost:Int64})
  AND ({minDuration:Int64} = 0 OR max(ended) - first_micros >= {minDuration:Int64})
  AND ({maxDuration:Int64} = 0 OR max(ended) - first_micros <= {maxDuration:Int64})
  )
  OR max(ended) >= {to:Int64} + {reach:Int64}
  OR (countIf(parent_span_id = toFixedString('', 8)) = 0
    AND max(began) >= {to:Int64} + intDiv({reach:Int64}, 2)))
ORDER BY first_micros DESC, id DESC
LIMIT {limit:UInt32}
