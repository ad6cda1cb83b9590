-- As trace-step, out of hours that are built: the traces that may belong to a part of the window (microseconds, `to`
-- excluded), newest first. Everything before `until` is known; of a trace that may go on behind it nothing is said here.
-- An empty text and a zero do not filter.
SELECT
  lower(hex(trace_id)) AS id,
  min(began) AS first_micros
FROM (
  SELECT
    trace_id, began, last_began, ended, rooted, open, errors, cost,
    1 AND ({kind:String} = '' OR has(kinds, {kind:String})) AS on_kind,
    1 AND ({service:String} = '' OR has(services, {service:String})) AS on_service,
    1 AND ({environment:String} = '' OR has(environments, {environment:String})) AS on_environment,
    1 AND ({agent:String} = '' OR has(agents, {agent:String})) AS on_agent,
    1 AND ({agentVersion:String} = '' OR has(agent_versions, {agentVersion:String})) AS on_agent_version,
    1 AND ({model:String} = '' OR has(models_of_spans, {model:String})) AS on_model,
    1 AND ({tool:String} = '' OR has(tools, {tool:String})) AS on_tool,
    1 AND ({session:String} = '' OR has(sessions, {session:String})) AS on_session,
    1 AND ({user:String} = '' OR has(users, {user:String})) AS on_user,
    1 AND ({runId:String} = '' OR has(run_ids, {runId:String})) AS on_run,
    1 AND (NOT {searched:Bool} OR trace_id IN (
      SELECT trace_id FROM trace_words
      WHERE project = {project:String}
        AND hour >= toDateTime(arrayMin(arrayPushBack({wordHours:Array(UInt32)}, 4294967295)), 'UTC')
        AND hour <= toDateTime(arrayMax(arrayPushBack({wordHours:Array(UInt32)}, 0)), 'UTC')
        AND (hour, build) IN (
          SELECT toDateTime(pair.1, 'UTC'), pair.2
          FROM (SELECT arrayJoin(arrayZip({wordHours:Array(UInt32)}, {wordBuilds:Array(UInt64)})) AS pair))
        AND (hasAllTokens(words, {words:Array(String)}) OR hasAnyTokens(words, ['*']))
      UNION ALL
      SELECT toFixedString(unhex(arrayJoin({textTraces:Array(String)})), 16))) AS on_words
  FROM trace_hours
  WHERE project = {project:String}
    AND hour >= toDateTime(arrayMin({hours:Array(UInt32)}), 'UTC')
    AND hour <= toDateTime(arrayMax({hours:Array(UInt32)}), 'UTC')
    AND (hour, build) IN (
      SELECT toDateTime(pair.1, 'UTC'), pair.2
      FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {builds:Array(UInt64)})) AS pair))
    -- Of a trace that lies in one hour the row must pass alone; what other hours add to one that is open is seen below.
    AND (open
      OR (on_kind AND on_service AND on_environment AND on_agent AND on_agent_version AND on_model AND on_tool
        AND on_session AND on_user AND on_run AND on_words
        AND ({status:String} = '' OR {status:String} = if(errors > 0, 'error', 'ok'))))
)
GROUP BY trace_id
HAVING first_micros >= {from:Int64}
  AND first_micros < {to:Int64}
  AND ({beforeTraceId:String} = '' OR (first_micros, id) < ({beforeMicros:Int64}, {beforeTraceId:String}))
  AND ((
  max(on_kind) AND max(on_service) AND max(on_environment) AND max(on_agent) AND max(on_agent_version) AND max(on_model)
  AND max(on_tool) AND max(on_session) AND max(on_user) AND max(on_run)
  AND max(on_words)
  AND ({status:String} = '' OR {status:String} = if(sum(errors) > 0, 'error', 'ok'))
  AND ({minCost:Int64} = 0 OR sum(cost) >= {minCost:Int64})
  AND ({maxCost:Int64} = 0 OR max(open) OR ifNull(sum(cost), 0) <= {maxCost:Int64})
  AND ({minDuration:Int64} = 0 OR max(ended) - first_micros >= {minDuration:Int64})
  AND ({maxDuration:Int64} = 0 OR max(ended) - first_micros <= {maxDuration:Int64})
  )
  OR max(ended) >= {until:Int64}
  OR (max(rooted) = 0 AND max(last_began) >= {until:Int64} - intDiv({reach:Int64}, 2)))
ORDER BY first_micros DESC, id DESC
LIMIT {limit:UInt32}
