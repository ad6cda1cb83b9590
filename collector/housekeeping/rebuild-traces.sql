-- Sums the traces of some hours up anew, each within its hour. The rows count once the build is noted in
-- span_hour_builds. `enclosing` are the calls that do not count: see nested-calls-of-hours.
INSERT INTO trace_hours (project, hour, build, trace_id, began, last_began, ended, rooted, open, name, service, agent, models,
  kinds, services, environments, agents, agent_versions, models_of_spans, tools, sessions, users, run_ids, trial_id,
  scenario_id, spans, model_calls, tool_calls, errors, unpriced_calls, tokens_input, tokens_cache_read,
  tokens_cache_write, tokens_output, tokens_reasoning, cost)
SELECT
  project, hour, {build:UInt64}, trace_id,
  min(start_micros) AS first_start,
  max(start_micros),
  max(end_micros) AS last_end,
  countIf(root) > 0 AS has_root,
  NOT has_root OR last_end >= toUnixTimestamp(hour + 3600) * 1000000 OR trace_id IN (
    SELECT trace_id FROM trace_minutes
    WHERE project = {project:String} AND trace_id IN (
      SELECT trace_id FROM spans
      PREWHERE project = {project:String}
        AND toStartOfHour(bucket) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC')))
    GROUP BY trace_id
    HAVING min(toStartOfHour(bucket)) != max(toStartOfHour(bucket))),
  if(has_root, argMinIf(name, (start, span_id), root), argMin(name, (start, span_id))),
  if(has_root, argMinIf(service, (start, span_id), root), argMin(service, (start, span_id))),
  argMinIf(agent, (start, span_id), agent != ''),
  arraySort(groupUniqArrayIf(model, kind = 'llm' AND model != '')),
  groupUniqArray(toString(kind)),
  groupUniqArray(service),
  groupUniqArray(environment),
  groupUniqArray(agent),
  groupUniqArray(agent_version),
  groupUniqArray(model),
  groupUniqArray(tool),
  groupUniqArray(session),
  groupUniqArray(user),
  groupUniqArray(run_id),
  max(trial_id),
  max(scenario_id),
  count(),
  countIf(counted AND kind = 'llm'),
  countIf(kind = 'tool'),
  countIf(status = 'error'),
  countIf(counted AND cost IS NULL),
  sumIf(tokens_input, counted AND kind = 'llm'),
  sumIf(tokens_cache_read, counted AND kind = 'llm'),
  sumIf(tokens_cache_write, counted AND kind = 'llm'),
  sumIf(tokens_output, counted AND kind = 'llm'),
  sumIf(tokens_reasoning, counted AND kind = 'llm'),
  sumIf(cost, counted)
FROM (
  SELECT
    project, toStartOfHour(bucket) AS hour, trace_id, span_id, start, name, kind, status, service, environment, agent,
    agent_version, tool, session, user, run_id, trial_id, scenario_id,
    tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, tokens_reasoning, cost,
    if(model_responded = '', model_requested, model_responded) AS model,
    parent_span_id = toFixedString('', 8) AS root,
    -- No later than 2^53, which JSON readers hold exactly: the year 2255.
    least(toUnixTimestamp64Micro(start), 9007199254740991) AS start_micros,
    greatest(start_micros, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991)) AS end_micros,
    call = 'call' AND (trace_id, span_id) NOT IN (
      SELECT toFixedString(unhex(substring(key, 1, 32)), 16), toFixedString(unhex(substring(key, 33, 16)), 8)
      FROM (SELECT arrayJoin({enclosing:Array(String)}) AS key)) AS counted
  FROM spans FINAL
  WHERE project = {project:String}
    AND toStartOfHour(bucket) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'))
)
GROUP BY project, hour, trace_id
