-- How many traces that pass start in a window (microseconds, `to` excluded), out of hours that are built: `sure_count` of
-- those that lie in one hour, and the others, of which their spans decide. Filters as in trace-step.
SELECT
  countIf(sure) AS sure_count,
  countIf(NOT sure) AS unsure_count,
  groupArrayIf(500)(id, NOT sure) AS unsure_ids,
  groupArrayIf(500)(first_micros, NOT sure) AS unsure_firsts
FROM (
  SELECT '' AS id, began AS first_micros, true AS sure
  FROM trace_hours
  WHERE project = {project:String}
    AND hour >= toDateTime(arrayMin({hours:Array(UInt32)}), 'UTC')
    AND hour <= toDateTime(arrayMax({hours:Array(UInt32)}), 'UTC')
    AND (hour, build) IN (
      SELECT toDateTime(pair.1, 'UTC'), pair.2
      FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {builds:Array(UInt64)})) AS pair))
    AND NOT open
    AND began >= {from:Int64} AND began < {to:Int64}
    AND ({status:String} = '' OR {status:String} = if(errors > 0, 'error', 'ok'))
    AND ({kind:String} = '' OR has(kinds, {kind:String}))
    AND ({service:String} = '' OR has(services, {service:String}))
    AND ({environment:String} = '' OR has(environments, {environment:String}))
    AND ({agent:String} = '' OR has(agents, {agent:String}))
    AND ({agentVersion:String} = '' OR has(agent_versions, {agentVersion:String}))
    AND ({model:String} = '' OR has(models_of_spans, {model:String}))
    AND ({tool:String} = '' OR has(tools, {tool:String}))
    AND ({session:String} = '' OR has(sessions, {session:String}))
    AND ({user:String} = '' OR has(users, {user:String}))
    AND ({runId:String} = '' OR has(run_ids, {runId:String}))
    AND ({minCost:Int64} = 0 OR ifNull(cost, 0) >= {minCost:Int64})
    AND ({maxCost:Int64} = 0 OR ifNull(cost, 0) <= {maxCost:Int64})
    AND ({minDuration:Int64} = 0 OR ended - began >= {minDuration:Int64})
    AND ({maxDuration:Int64} = 0 OR ended - began <= {maxDuration:Int64})
  UNION ALL
  SELECT lower(hex(trace_id)) AS id, min(began) AS first_micros, false AS sure
  FROM trace_hours
  WHERE project = {project:String}
    AND hour >= toDateTime(arrayMin({hours:Array(UInt32)}), 'UTC')
    AND hour <= toDateTime(arrayMax({hours:Array(UInt32)}), 'UTC')
    AND (hour, build) IN (
      SELECT toDateTime(pair.1, 'UTC'), pair.2
      FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {builds:Array(UInt64)})) AS pair))
    AND open
  GROUP BY trace_id
  HAVING first_micros >= {from:Int64} AND first_micros < {to:Int64}
)
