-- The summaries of traces out of hours that are built, each with whether it passes the filter: as trace-summaries, of
-- traces that lie in one hour.
SELECT
  lower(hex(trace_id)) AS id,
  name AS first_name,
  toUInt8(rooted) AS root_received,
  toString(service) AS first_service,
  toString(agent) AS first_agent,
  arrayMap(model -> toString(model), models) AS llm_models,
  began AS first_micros,
  ended - began AS lasted_micros,
  toUInt64(spans) AS span_count,
  toUInt64(model_calls) AS model_call_count,
  toUInt64(tool_calls) AS tool_call_count,
  toUInt64(errors) AS error_count,
  tokens_input AS sum_input,
  tokens_cache_read AS sum_cache_read,
  tokens_cache_write AS sum_cache_write,
  tokens_output AS sum_output,
  tokens_reasoning AS sum_reasoning,
  cost AS sum_cost,
  toUInt64(unpriced_calls) AS unpriced_count,
  arrayMax(arrayPushBack(arrayMap(run -> toString(run), run_ids), '')) AS any_run_id,
  trial_id AS any_trial_id,
  toString(scenario_id) AS any_scenario_id,
  1 AND ({status:String} = '' OR {status:String} = if(errors > 0, 'error', 'ok'))
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
  AND ({maxDuration:Int64} = 0 OR ended - began <= {maxDuration:Int64}) AS matches
FROM trace_hours
WHERE project = {project:String}
  AND (hour, trace_id) IN (
    SELECT toDateTime(pair.1, 'UTC'), toFixedString(unhex(pair.2), 16)
    FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {traceIds:Array(String)})) AS pair))
  AND (hour, build) IN (
    SELECT toDateTime(pair.1, 'UTC'), pair.2
    FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {builds:Array(UInt64)})) AS pair))
