-- Spans over time by a dimension: step by step from `from` (seconds since the epoch). Hours that are rebuilt come from
-- span_hours, of each the build that is named beside it; the others are computed from the spans.
SELECT
  intDiv(toUnixTimestamp(at) - {from:UInt32}, {step:UInt32}) AS place,
  value,
  sum(spans) AS span_count,
  sumIf(spans, status = 'error') AS errors,
  sum(calls) AS call_count,
  sum(unpriced_calls) AS unpriced,
  sum(unmetered_calls) AS unmetered,
  sum(cost) AS sum_cost,
  sum(tokens_input) AS sum_input,
  sum(tokens_cache_read) AS sum_cache_read,
  sum(tokens_cache_write) AS sum_cache_write,
  sum(tokens_output) AS sum_output,
  sum(tokens_reasoning) AS sum_reasoning,
  quantilesExactWeightedArray(0.5, 0.95)(latency_classes, latency_counts) AS latencies
FROM (
  SELECT *, if({by:String} = 'model', toString(model),
      if({by:String} = 'provider', toString(provider),
      if({by:String} = 'agent', toString(agent),
      if({by:String} = 'agentVersion', toString(agent_version),
      if({by:String} = 'service', toString(service),
      if({by:String} = 'environment', toString(environment),
      if({by:String} = 'tool', toString(tool),
      if({by:String} = 'kind', toString(kind), toString(status))))))))) AS value
  FROM (
    SELECT hour AS at, * EXCEPT (project, hour, build)
    FROM span_hours
    WHERE project = {project:String}
      AND hour >= toDateTime(arrayMin(arrayPushBack({hours:Array(UInt32)}, 4294967295)), 'UTC')
      AND hour <= toDateTime(arrayMax(arrayPushBack({hours:Array(UInt32)}, 0)), 'UTC')
      AND (hour, build) IN (
        SELECT toDateTime(pair.1, 'UTC'), pair.2
        FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {builds:Array(UInt64)})) AS pair))
    -- left out where {liveHours} is empty
    UNION ALL
    SELECT minute AS at, * EXCEPT (project, minute, hour)
    FROM hour_spans(
      project = {project:String}, hours = {liveHours:Array(UInt32)}, enclosing = {enclosing:Array(String)})
    -- end
  )
  WHERE ({status:String} = '' OR if(status = 'error', 'error', 'ok') = {status:String})
    AND ({kind:String} = '' OR toString(kind) = {kind:String})
    AND ({service:String} = '' OR service = {service:String})
    AND ({environment:String} = '' OR environment = {environment:String})
    AND ({agent:String} = '' OR agent = {agent:String})
    AND ({agentVersion:String} = '' OR agent_version = {agentVersion:String})
    AND ({provider:String} = '' OR provider = {provider:String})
    AND ({model:String} = '' OR model = {model:String})
    AND ({tool:String} = '' OR tool = {tool:String})
)
WHERE {by:String} NOT IN ('model', 'provider', 'tool') OR value != ''
GROUP BY place, value
ORDER BY value, place
LIMIT {limit:UInt32}
