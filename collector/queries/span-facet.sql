-- The values of a dimension with their spans, most first. Sources as in span-chart.
SELECT
  value,
  sum(spans) AS span_count,
  sumIf(spans, status = 'error') AS errors,
  count() OVER () AS distinct_values
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
GROUP BY value
ORDER BY span_count DESC, value
LIMIT {limit:UInt32}
