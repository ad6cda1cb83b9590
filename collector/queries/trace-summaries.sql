-- Traces by id, each summed up from all of its spans. The payloads, ordered by trace, say when they were. Only calls of
-- models carry a cost, and embeddings are among them; tokens are those of conversations alone.
SELECT
  trace_id,
  if(root_received, argMinIf(name, start_micros, parent_span_id IS NULL), argMin(name, start_micros)) AS first_name,
  countIf(parent_span_id IS NULL) > 0 AS root_received,
  if(root_received, argMinIf(service, start_micros, parent_span_id IS NULL), argMin(service, start_micros))
    AS first_service,
  argMin(agent, start_micros) AS first_agent,
  arraySort(groupUniqArrayIf(assumeNotNull(model), kind = 'llm' AND model IS NOT NULL)) AS models,
  min(start_micros) AS first_micros,
  max(start_micros + duration_micros) - first_micros AS lasted_micros,
  count() AS spans,
  countIf(kind = 'llm') AS model_calls,
  countIf(kind = 'tool') AS tool_calls,
  countIf(status = 'error') AS errors,
  sumIf(tokens_input, kind = 'llm') AS sum_input,
  sumIf(tokens_cache_read, kind = 'llm') AS sum_cache_read,
  sumIf(tokens_cache_write, kind = 'llm') AS sum_cache_write,
  sumIf(tokens_output, kind = 'llm') AS sum_output,
  sumIf(tokens_reasoning, kind = 'llm') AS sum_reasoning,
  sum(cost) AS sum_cost,
  countIf((kind = 'llm' OR operation = 'embeddings') AND cost IS NULL) AS unpriced_calls,
  max(run_id) AS any_run_id,
  max(trial_id) AS any_trial_id,
  max(scenario_id) AS any_scenario_id
FROM span_rows
WHERE project = {project:String}
  AND trace_key IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16))
  AND bucket >= (
    SELECT min(bucket) FROM span_payloads
    WHERE project = {project:String} AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
  AND bucket <= (
    SELECT max(bucket) FROM span_payloads
    WHERE project = {project:String} AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traceIds:Array(String)})), 16)))
GROUP BY trace_id
