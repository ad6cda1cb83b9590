-- Spans over time by the column of a dimension: step by step from `from` (seconds since the epoch). `named` leaves out spans
-- that have no value there. Hours that are rebuilt come from
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
  SELECT *, toString({by:Identifier}) AS value
  FROM (
    SELECT
      hour AS at, kind, status, service, environment, agent, agent_version, provider, model, tool,
      spans, calls, unpriced_calls, unmetered_calls, cost,
      tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, tokens_reasoning,
      latency_classes, latency_counts
    FROM span_hours
    WHERE project = {project:String}
      AND hour >= toDateTime(arrayMin(arrayPushBack({hours:Array(UInt32)}, 4294967295)), 'UTC')
      AND hour <= toDateTime(arrayMax(arrayPushBack({hours:Array(UInt32)}, 0)), 'UTC')
      AND (hour, build) IN (
        SELECT toDateTime(pair.1, 'UTC'), pair.2
        FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {builds:Array(UInt64)})) AS pair))
    -- left out where {liveHours} is empty
    UNION ALL
    -- As hour_spans, out of which hours are built.
    SELECT
      bucket, kind, status, service, environment, agent, agent_version, provider,
      if(model_responded = '', model_requested, model_responded), tool,
      toUInt64(1),
      toUInt64(call = 'call'
        -- left out where {enclosing} is empty
        AND (trace_id, span_id) NOT IN (
          SELECT toFixedString(unhex(substring(id, 1, 32)), 16), toFixedString(unhex(substring(id, 33, 16)), 8)
          FROM (SELECT arrayJoin({enclosing:Array(String)}) AS id))
        -- end
      ) AS counted,
      toUInt64(counted AND cost IS NULL),
      toUInt64(counted AND tokens_input IS NULL AND tokens_cache_read IS NULL AND tokens_cache_write IS NULL
        AND tokens_output IS NULL AND tokens_reasoning IS NULL),
      if(counted = 1, cost, NULL),
      if(counted = 1, tokens_input, NULL),
      if(counted = 1, tokens_cache_read, NULL),
      if(counted = 1, tokens_cache_write, NULL),
      if(counted = 1, tokens_output, NULL),
      if(counted = 1, tokens_reasoning, NULL),
      -- Classes of 5 %: latencyClass in domain.
      [toUInt16(floor(log(greatest(1000, duration) / 1000) / log(1.05)))],
      [toUInt64(1)]
    FROM spans FINAL
    WHERE project = {project:String}
      AND toStartOfHour(bucket) IN (SELECT toDateTime(arrayJoin({liveHours:Array(UInt32)}), 'UTC'))
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
WHERE 1 AND (NOT {named:Bool} OR value != '')
GROUP BY place, value
ORDER BY value, place
LIMIT {limit:UInt32}
