-- The spans that carry the id of a trial, by start. Of deliveries with several starts the one of the highest version counts.
-- Their text is asked for by trace, in the order in which it lies: a join of the two takes twice as long as both questions.
SELECT *
FROM (
  SELECT
    lower(hex(trace_id)) AS trace,
    lower(hex(span_id)) AS span,
    if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
    least(toUnixTimestamp64Micro(start), 9007199254740991) AS start_micros,
    greatest(0, least(intDiv(toUnixTimestamp64Nano(start) + duration, 1000), 9007199254740991) - start_micros) AS duration_micros,
    name, kind, status, status_message, error_type, service, operation, agent, provider, model_requested, model_responded,
    tool, session, tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, tokens_reasoning, cost,
    run_id, trial_id, scenario_id
  FROM spans FINAL
  WHERE project = {project:String} AND trial_id = {trialId:String}
  ORDER BY version DESC, bucket DESC
  LIMIT 1 BY trace_id, span_id
)
ORDER BY start_micros, trace, span
LIMIT {limit:UInt32}
