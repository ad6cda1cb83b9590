-- Traces by id, each summed up from all of its spans; of a span that was delivered with several starts the delivery of the
-- highest version counts. Tokens and cost are those of the calls that count: `enclosing` are
-- those that do not (trace id and span id in hex: see nested-calls-of-traces). Tokens are of conversations alone, the
-- cost of embeddings is among the cost. Filters as in trace-step; `matches` tells whether the trace passes
-- them, `nested` whether a call has spans beneath it.
SELECT
  lower(hex(trace_id)) AS id,
  if(root_received, argMinIf(name, (start, span_id), root), argMin(name, (start, span_id))) AS first_name,
  countIf(parent_span_id = toFixedString('', 8) AS root) > 0 AS root_received,
  toString(if(root_received, argMinIf(service, (start, span_id), root), argMin(service, (start, span_id)))) AS first_service,
  toString(argMinIf(agent, (start, span_id), agent != '')) AS first_agent,
  arraySort(groupUniqArrayIf(toString(if(model_responded = '', model_requested, model_responded) AS model),
    kind = 'llm' AND model != '')) AS llm_models,
  min(began) AS first_micros,
  max(ended) - first_micros AS lasted_micros,
  count() AS span_count,
  countIf(counted AND kind = 'llm') AS model_call_count,
  countIf(kind = 'tool') AS tool_call_count,
  countIf(status = 'error') AS error_count,
  sumIf(tokens_input, counted AND kind = 'llm') AS sum_input,
  sumIf(tokens_cache_read, counted AND kind = 'llm') AS sum_cache_read,
  sumIf(tokens_cache_write, counted AND kind = 'llm') AS sum_cache_write,
  sumIf(tokens_output, counted AND kind = 'llm') AS sum_output,
  sumIf(tokens_reasoning, counted AND kind = 'llm') AS sum_reasoning,
  sumIf(cost, counted) AS sum_cost,
  countIf(counted AND cost IS NULL) AS unpriced_count,
  toString(max(run_id)) AS any_run_id,
  max(trial_id) AS any_trial_id,
  toString(max(scenario_id)) AS any_scenario_id,
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
  AND ({minCost:Int64} = 0 OR ifNull(sum_cost, 0) >= {minCost:Int64})
  AND ({maxCost:Int64} = 0 OR ifNull(sum_cost, 0) <= {maxCost:Int64})
  AND ({minDuration:Int64} = 0 OR lasted_micros >= {minDuration:Int64})
  AND ({maxDuration:Int64} = 0 OR lasted_micros <= {maxDuration:Int64}) AS matches,
  notEmpty(arrayIntersect(groupArrayIf(span_id, call = 'call'), groupArray(parent_span_id))) AS nested
FROM (
  SELECT *,
    least(toUnixTimestamp64Micro(start), 9007199254740991) AS began,
    greatest(began, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991)) AS ended,
    call = 'call' AND (trace_id, span_id) NOT IN (
    SELECT toFixedString(unhex(substring(key, 1, 32)), 16), toFixedString(unhex(substring(key, 33, 16)), 8)
    FROM (SELECT arrayJoin({enclosing:Array(String)}) AS key)) AS counted
  FROM spans FINAL
  PREWHERE project = {project:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
    AND bucket IN (
      SELECT bucket FROM trace_minutes
      WHERE project = {project:String}
        AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  ORDER BY version DESC, bucket DESC
  LIMIT 1 BY trace_id, span_id
)
GROUP BY trace_id
