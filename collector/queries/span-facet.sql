-- The values of the column of a dimension with their spans, most first. Sources as in span-chart.
SELECT
  value,
  sum(spans) AS span_count,
  sumIf(spans, status = 'error') AS errors,
  count() OVER () AS distinct_values
FROM (
  SELECT *, toString({by:Identifier}) AS value
  FROM (
    SELECT kind, status, service, environment, agent, agent_version, provider, model, tool, spans
    FROM span_hours
    WHERE project = {project:String}
      AND hour >= toDateTime(arrayMin(arrayPushBack({hours:Array(UInt32)}, 4294967295)), 'UTC')
      AND hour <= toDateTime(arrayMax(arrayPushBack({hours:Array(UInt32)}, 0)), 'UTC')
      AND (hour, build) IN (
        SELECT toDateTime(pair.1, 'UTC'), pair.2
        FROM (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {builds:Array(UInt64)})) AS pair))
    -- left out where {liveHours} is empty
    UNION ALL
    SELECT
      kind, status, service, environment, agent, agent_version, provider,
      if(model_responded = '', model_requested, model_responded), tool, toUInt64(1)
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
GROUP BY value
ORDER BY span_count DESC, value
LIMIT {limit:UInt32}
